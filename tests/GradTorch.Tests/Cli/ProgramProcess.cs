using System.Diagnostics;
using GradTorch.Cli;

namespace GradTorch.Tests.Cli;

/// <summary>The program as a process of its own, for what only a process has: signals and its environment.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly Task<string> output;

    public ProgramProcess(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(Application).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Waits for a line on standard error.</summary>
    public void WaitFor(string text)
    {
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }
        throw new InvalidOperationException($"It ended without saying '{text}'.");
    }

    /// <param name="signal">Such as TERM.</param>
    public void Signal(string signal) =>
        Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits for its end.</summary>
    public Invoked Ended()
    {
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience)) throw new TimeoutException("It does not end.");
        return new Invoked((ExitCode)process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
