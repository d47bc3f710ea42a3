using GradTorch.Runs;

namespace GradTorch.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private static readonly (string Name, string Meaning)[] Options =
    [
        ("--json", "one JSON document on standard output, everything else on standard error"), ("-h, -?, --help", "this text"),
    ];

    public static string OfProgram() => $"""
        GradTorch {SourceRevision.Version}: trains deep networks and records how gradients travel through their layers.

        Usage: gradtorch VERB …

        Verbs:
        {Columns(VerbRegistry.All.Select(verb => (verb.Name, verb.Purpose)))}

        Options:
        {Columns([.. Options, ("--version", "the version")])}

        Exit codes: 0 done, 1 failed, 2 bad input, 130 or 143 stopped with everything saved.

        Examples:
        {Columns(VerbRegistry.All.Select(verb => verb.Examples[0]).Select(example => ("gradtorch " + example.Command, example.Meaning)))}

        gradtorch VERB --help tells more of a verb.

        """;

    public static string Of(Verb verb) => $"""
        gradtorch {verb.Name}: {verb.Purpose}

        Usage: {verb.Synopsis}

        {verb.Details}

        Options:
        {Columns([.. verb.Options.Select(option => (option.Synopsis, option.Meaning)), .. Options])}

        Examples:
        {Columns(verb.Examples.Select(example => ("gradtorch " + example.Command, example.Meaning)))}

        """;

    private static string Columns(IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        var width = all.Max(row => row.Left.Length);
        return string.Join('\n', all.Select(row => $"  {row.Left.PadRight(width)}  {row.Right}"));
    }
}
