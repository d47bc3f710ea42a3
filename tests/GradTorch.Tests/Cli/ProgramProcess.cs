using System.Diagnostics;
using System.Globalization;
using GradTorch.Cli;

namespace GradTorch.Tests.Cli;

/// <summary>The program as a process of its own, for what only a process has: signals and its environment.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private readonly Process process;
    private readonly Task<string> output;

    public ProgramProcess(IReadOnlyDictionary<string, string> environment, params string[] arguments)
        : this(new ProcessStartInfo(Host, [typeof(Application).Assembly.Location, .. arguments]), environment)
    {
    }

    public ProgramProcess(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
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
    public void Signal(string signal) => Kill(signal, "");

    /// <summary>Ctrl-C, which a terminal sends to a whole group; for a process started through <c>setsid</c>, which leads one.</summary>
    public void Interrupt() => Kill("INT", "-");

    /// <summary>Waits for its end, or kills it (SIGKILL) when some time has passed.</summary>
    /// <returns>Whether it came to its end.</returns>
    /// <param name="from">What has to be there before the time begins; null for at once.</param>
    public bool EndedWithin(TimeSpan time, Func<bool>? from = null)
    {
        _ = process.StandardError.ReadToEndAsync();
        while (from?.Invoke() == false && !process.HasExited) Thread.Sleep(1);
        if (process.WaitForExit(time)) return true;
        process.Kill();
        process.WaitForExit();
        return false;
    }

    /// <summary>Waits for its end.</summary>
    public Invoked Ended()
    {
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience)) throw new TimeoutException("It does not end.");
        return new Invoked((ExitCode)process.ExitCode, output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Kill(string signal, string group) =>
        Process.Start("kill", ["-" + signal, "--", group + process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
}
