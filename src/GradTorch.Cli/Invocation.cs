using GradTorch.Cli.Terminals;

namespace GradTorch.Cli;

/// <summary>What a verb is called with.</summary>
/// <param name="Words">What follows the verb's name.</param>
/// <param name="Keys">Keys of the experiment as they were written: <c>--model:depth</c>, <c>20</c>.</param>
/// <param name="Options">The verb's own.</param>
/// <param name="Json">Whether standard output is for one JSON document.</param>
internal sealed record Invocation(
    IReadOnlyList<string> Words, IReadOnlyList<string> Keys, OptionValues Options, bool Json, Terminal Terminal, Interruption Interruption)
{
    /// <summary>The first word after the verb's name, or null.</summary>
    public string? Word => Words.Count > 0 ? Words[0] : null;

    /// <summary>The same where the verb can't do without.</summary>
    /// <param name="what">It is, as in <c>DIR, a run directory</c>.</param>
    /// <exception cref="BadArgumentsException">There is none.</exception>
    public string RequiredWord(Verb verb, string what) =>
        Word ?? throw new BadArgumentsException($"{verb.Name} needs {what}, as in: gradtorch {verb.Examples[0].Command}");

    /// <summary>Where people read: standard output, or standard error where standard output is for machines.</summary>
    public Screen Screen => Json ? Terminal.Error : Terminal.Output;
}
