using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Runs;

namespace GradTorch.Cli;

/// <summary>Runs the verb that a command line names, and turns what goes wrong into a message and an exit code.</summary>
internal sealed class Application(Terminal terminal, Interruption interruption)
{
    public ExitCode Run(IReadOnlyList<string> arguments)
    {
        try
        {
            return Run(CommandLine.Parse(arguments));
        }
        catch (Exception exception)
        {
            return Report(exception, CommandLine.AsksForJson(arguments));
        }
    }

    private ExitCode Run(CommandLine line)
    {
        if (line.Version)
        {
            terminal.Output.Line(SourceRevision.Version);
            return ExitCode.Done;
        }
        if (line.Help || line.Verb is null)
        {
            var screen = line.Help ? terminal.Output : terminal.Error;
            screen.Text(line.Verb is null ? HelpText.OfProgram() : HelpText.Of(line.Verb));
            return line.Help ? ExitCode.Done : ExitCode.BadInput;
        }
        return line.Verb.Run(new Invocation(line.Words, line.Keys, line.Options, line.Json, terminal, interruption));
    }

    private ExitCode Report(Exception exception, bool json)
    {
        var message = MessageOf(exception);
        if (json) terminal.Output.Json(ErrorDocument.Of(exception, message));
        foreach (var line in message.Split('\n')) terminal.Error.Error(line);
        return exception is ConfigurationException or DataException or BadArgumentsException
            ? ExitCode.BadInput
            : ExitCode.Failed;
    }

    /// <summary>A type that fails in its initialiser hides why; what failed there is what the user needs.</summary>
    private static string MessageOf(Exception exception)
    {
        while (exception is TypeInitializationException { InnerException: { } inner }) exception = inner;
        var expected = exception is ConfigurationException or DataException or BadArgumentsException or RunException
            or DllNotFoundException;
        return expected ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
    }
}
