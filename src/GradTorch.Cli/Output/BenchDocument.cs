using GradTorch.Backends;
using GradTorch.Cli.Bench;
using static TorchSharp.torch;

namespace GradTorch.Cli.Output;

/// <summary>Benchmarks as JSON.</summary>
internal static class BenchDocument
{
    public static object Of(Device device, PyTorch torch, IReadOnlyList<BenchmarkResult> results)
    {
        var backend = TorchBackend.Current;
        return new
        {
            backend.Source, backend.LibtorchVersion, backend.BlasKernels, PytorchVersion = torch.Version,
            Device = backend.DeviceName(device) is { } model ? $"{device} ({model})" : device.ToString(),
            Cores = Environment.ProcessorCount, Results = results,
        };
    }
}
