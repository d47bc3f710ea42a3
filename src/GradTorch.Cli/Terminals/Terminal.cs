namespace GradTorch.Cli.Terminals;

/// <summary>Where the program writes: results to one stream, what goes wrong to the other.</summary>
internal sealed record Terminal(Screen Output, Screen Error)
{
    /// <summary>The streams of this process. They are drawn on only where they are terminals and the environment does not
    /// ask for plain text: <c>NO_COLOR</c>, <c>CI</c>, <c>TERM=dumb</c>.</summary>
    public static Terminal OfProcess()
    {
        var plain = IsSet("NO_COLOR") || IsSet("CI") || Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal(
            new Screen(Console.Out, !plain && !Console.IsOutputRedirected),
            new Screen(Console.Error, !plain && !Console.IsErrorRedirected));
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
