using System.Diagnostics;
using System.Globalization;

namespace GradTorch.Cli.Bench;

/// <summary>PyTorch in a process of its own, with the BLAS kernels of this one.</summary>
internal sealed class PyTorchContestant : Contestant
{
    private static readonly string Program = Read();

    private readonly Process _process;
    private readonly Task<string> _complaint;

    /// <param name="arguments">Of pytorch_contestant.py.</param>
    public PyTorchContestant(PyTorch torch, params ReadOnlySpan<string> arguments)
    {
        _process = PyTorch.Start(torch.Python, Program, arguments);
        _complaint = _process.StandardError.ReadToEndAsync();
    }

    public override double Run(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"the PyTorch side of a benchmark ended: {_complaint.Result.TrimEnd().Split('\n')[^1]}");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public override void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Read()
    {
        using var stream = typeof(PyTorchContestant).Assembly.GetManifestResourceStream("pytorch_contestant.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
