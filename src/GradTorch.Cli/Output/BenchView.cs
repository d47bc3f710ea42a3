using System.Globalization;
using GradTorch.Backends;
using GradTorch.Cli.Bench;
using GradTorch.Cli.Terminals;
using static TorchSharp.torch;

namespace GradTorch.Cli.Output;

/// <summary>Benchmarks, each when it is done.</summary>
internal static class BenchView
{
    private static readonly string Indent = new(' ', 24);

    /// <summary>What measures against what, and where.</summary>
    public static string Place(Device device, PyTorch torch)
    {
        var backend = TorchBackend.Current;
        var place = device.type == TorchSharp.DeviceType.CPU
            ? NumberText.Plural(Environment.ProcessorCount, "core")
            : backend.DeviceName(device) ?? "a GPU";
        var kernels = backend.BlasKernels is { } known ? $", {known} kernels" : "";
        return $"{backend.Source}, libtorch {backend.LibtorchVersion}{kernels}; {(torch.Version is null ? "no PyTorch" : $"PyTorch {torch.Version}")}; {place}";
    }

    public static void Show(BenchmarkResult result, Screen screen)
    {
        screen.Show(result.Name.PadRight(Indent.Length), "bold", string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Ratio:F2} [{result.Least:F2} to {result.Most:F2}]  {result.OursMs:G4} ms a step, against {result.TheirsMs:G4}"));
        screen.Line($"{Indent}{result.Work}");
        screen.Line($"{Indent}against {result.Against}");
        if (result is { RowsPerSecond: { } rows, BytesPerValue: { } bytes })
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Indent}{rows:N0} rows a second, {bytes:F1} bytes a value"));
    }

    public static void Skip(Benchmark benchmark, Screen screen) =>
        screen.Show(benchmark.Name.PadRight(Indent.Length), "bold", "not measured: it needs PyTorch");
}
