using System.Globalization;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Cli.Terminals;

namespace GradTorch.Tests.Cli;

/// <summary>What a command line did, in this process, with plain streams.</summary>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
internal sealed record Invoked(ExitCode Exit, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Invoked With(params string[] arguments) => With(new StringWriter(), new Interruption(), arguments);

    /// <summary>Asks to stop as soon as something is written that contains the text.</summary>
    public static Invoked InterruptedAt(string text, params string[] arguments)
    {
        var interruption = new Interruption();
        return With(new Watcher(text, interruption.Request), interruption, arguments);
    }

    /// <summary>Asked to stop before it begins.</summary>
    public static Invoked InterruptedAtOnce(params string[] arguments)
    {
        var interruption = new Interruption();
        interruption.Request();
        return With(new StringWriter(), interruption, arguments);
    }

    /// <summary>Bad input gets one line, and exit 2.</summary>
    public void AssertRefused(string message)
    {
        Assert.Equal(ExitCode.BadInput, Exit);
        Assert.Equal($"error: {message}{Environment.NewLine}", Error);
    }

    private static Invoked With(StringWriter error, Interruption interruption, string[] arguments)
    {
        using var output = new StringWriter();
        using (error)
        using (interruption)
        {
            var terminal = new Terminal(new Screen(output, isLive: false), new Screen(error, isLive: false));
            var exit = OnItsOwnThread(() => new Application(terminal, interruption).Run(arguments));
            return new Invoked(exit, output.ToString(), error.ToString());
        }
    }

    /// <summary>A run flushes denormal numbers on its thread, which would change what other tests compute on theirs.</summary>
    private static ExitCode OnItsOwnThread(Func<ExitCode> work)
    {
        var (exit, culture) = (ExitCode.Failed, CultureInfo.CurrentCulture);
        var thread = new Thread(() =>
        {
            CultureInfo.CurrentCulture = culture;
            exit = work();
        });
        thread.Start();
        thread.Join();
        return exit;
    }

    private sealed class Watcher(string text, Action seen) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.Contains(text, StringComparison.Ordinal)) seen();
        }
    }
}
