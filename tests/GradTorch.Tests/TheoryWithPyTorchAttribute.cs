using System.ComponentModel;
using System.Diagnostics;

namespace GradTorch.Tests;

/// <summary>A theory about what the distribution's PyTorch makes of a file; visibly skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithPyTorchAttribute : TheoryAttribute
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> IsThere = new(Finds);

    public TheoryWithPyTorchAttribute()
    {
        if (!IsThere.Value) Skip = $"{Python} has no PyTorch: install Debian's package python3-torch.";
    }

    /// <summary>Importing it would take seconds.</summary>
    private static bool Finds()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
