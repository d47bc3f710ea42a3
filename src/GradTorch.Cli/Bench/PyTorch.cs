using System.Diagnostics;
using GradTorch.Backends;

namespace GradTorch.Cli.Bench;

/// <summary>The PyTorch of this machine.</summary>
/// <param name="Python">$PYTHON, else python3: the distribution's, where the one on the path has none.</param>
/// <param name="Version">Null where there is none.</param>
internal sealed record PyTorch(string Python, string? Version)
{
    public const string Advice = "install it (Debian: apt-get install python3-torch), or set PYTHON to a python that has it";

    /// <summary>Says the version without importing PyTorch, which takes seconds.</summary>
    private const string SayVersion = """
        import importlib.util, os, runpy
        folder = os.path.dirname(importlib.util.find_spec("torch").origin)
        print(runpy.run_path(os.path.join(folder, "version.py"))["__version__"])
        """;

    public static PyTorch Find()
    {
        string[] pythons = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } named ? [named] : ["python3", "/usr/bin/python3"];
        return pythons.Select(python => new PyTorch(python, VersionIn(python))).FirstOrDefault(found => found.Version is not null)
            ?? new PyTorch(pythons[0], null);
    }

    private static string? VersionIn(string python)
    {
        try
        {
            using var process = Start(python, SayVersion);
            process.StandardInput.Close();
            var version = process.StandardOutput.ReadLine();
            process.WaitForExit();
            return process.ExitCode == 0 ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program that is handed over as it is, with the BLAS kernels of this process; what it complains of is not shown.
    /// </summary>
    public static Process Start(string python, string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(python, ["-c", program, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (TorchBackend.Current.BlasKernels is { Length: > 0 } kernels) start.Environment["OPENBLAS_CORETYPE"] = kernels;
        return Process.Start(start)!;
    }
}
