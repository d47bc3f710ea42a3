using System.Diagnostics;
using System.Globalization;
using GradTorch.Backends;

namespace GradTorch.Benchmarks;

/// <summary>A PyTorch script that does steps on demand, in a process of its own with the same libtorch, BLAS kernels and
/// one thread.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="script">A file of the folder benchmarks.</param>
    /// <param name="arguments">Its arguments.</param>
    public PyTorchProcess(string script, params object[] arguments)
    {
        var python = Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";
        var start = new ProcessStartInfo(python,
        [
            Path.Combine(Folder(), script),
            .. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        if (TorchBackend.Current.BlasKernels is { Length: > 0 } kernels) start.Environment["OPENBLAS_CORETYPE"] = kernels;
        _process = Process.Start(start)!;
        Version = Read();
    }

    public string Version { get; }

    public double Run(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.Parse(Read(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Read() => _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("the PyTorch side ended: it needs python3-torch (PYTHON names another python)");

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GradTorch.sln"))) return Path.Combine(folder.FullName, "benchmarks");
        }
        throw new DirectoryNotFoundException("run it from a checkout: the Python scripts lie in its folder benchmarks");
    }
}
