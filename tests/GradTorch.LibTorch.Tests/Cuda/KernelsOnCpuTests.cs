using System.Diagnostics;
using System.Globalization;

namespace GradTorch.LibTorch.Tests.Cuda;

/// <summary>The kernels for CUDA devices, compiled for the CPU and held to plain loops: they are right where there is no GPU to try them on.
/// </summary>
public sealed class KernelsOnCpuTests
{
    private const string Begin = "R\"cuda(", End = ")cuda\"";

    [Theory]
    [InlineData("float", 1e-4)]
    [InlineData("double", 1e-12)]
    public void What_is_measured(string element, double tolerance) => AssertClose(
        tolerance, "measure_kernels.cpp", KernelsIn("sums_device.h") + KernelsIn("measure_device.cpp"), $"ELEMENT={element}", element == "double" ? "WIDE=1" : "WIDE=0",
        "MOST_ROWS=3", "PER_BLOCK=8192");

    [Theory]
    [InlineData("float", 1e-6)]
    [InlineData("double", 1e-12)]
    public void Clipping_by_norm(string element, double tolerance) => AssertClose(
        tolerance, "clipping_kernels.cpp", KernelsIn("sums_device.h") + KernelsIn("clipping_device.cpp"), $"ELEMENT={element}",
        element == "double" ? "WIDE=1" : "WIDE=0");

    [Theory]
    [InlineData("double", 64, 2, false, 0, 1, 13, 7, 1e-12)]
    [InlineData("float", 64, 2, false, 0, 4, 13, 7, 1e-4)]
    [InlineData("double", 16, 0, true, 1, 8, 33, 6, 1e-12)]
    [InlineData("double", 100, 3, false, 2, 2, 9, 6, 1e-12)]
    [InlineData("double", 128, 4, true, 2, 2, 9, 4, 1e-12)]
    [InlineData("float", 10, 1, true, 1, 1, 5, 6, 1e-4)]
    public void Dense_layers(
        string element, int units, int gate, bool surrogate, int join, int groups, int batch, int depth, double tolerance) => AssertClose(
        tolerance, "dense_kernels.cpp", KernelsIn("gate_device.h") + KernelsIn("dense_device.h"), $"ELEMENT={element}", "NARROW=1",
        $"UNITS={units}", $"GATE={gate}", $"SURROGATE={(surrogate ? 1 : 0)}", $"JOIN={join}", $"GROUPS={groups}", $"BATCH={batch}",
        $"DEPTH={depth}", "MOST_LAYERS=8", "MOST_SEEN=8");

    /// <summary>Compiles a program with kernels and runs it; what it says are names and differences.</summary>
    private static void AssertClose(double tolerance, string program, string kernels, params string[] definitions)
    {
        var folder = Directory.CreateTempSubdirectory("kernels");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "kernels.inc"), kernels);
            var (source, made) = (Path.Combine(AppContext.BaseDirectory, "Cuda", program), Path.Combine(folder.FullName, "program"));
            var compiler = Environment.GetEnvironmentVariable("CXX") is { Length: > 0 } named ? named : "c++";
            Run(compiler, ["-std=c++17", "-O1", "-w", "-I", folder.FullName, .. definitions.Select(one => "-D" + one), source, "-o", made]);
            var lines = Run(made, []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.Length >= 5, string.Join('\n', lines));
            Assert.All(lines, line => Assert.InRange(double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture), 0, tolerance));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string KernelsIn(string file)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernels", file));
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[begin..text.IndexOf(End, begin, StringComparison.Ordinal)]
            .Replace("extern \"C\" __global__", "static __global__", StringComparison.Ordinal)
            .Replace("extern __shared__ __align__(32) char room[];", "char* room = shared_room;", StringComparison.Ordinal);
    }

    private static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaints.Result);
        return output;
    }
}
