using GradTorch.Cli.Terminals;

namespace GradTorch.Cli;

/// <summary>What a verb is called with.</summary>
/// <param name="Argument">The word after the verb's name, or null.</param>
/// <param name="Keys">Keys of the experiment as they were written: <c>--model:depth</c>, <c>20</c>.</param>
/// <param name="Variant">The one variant of a study to take, or null for all.</param>
/// <param name="Json">Whether standard output is for one JSON document.</param>
internal sealed record Invocation(
    string? Argument, IReadOnlyList<string> Keys, string? Variant, bool Json, Terminal Terminal, Interruption Interruption)
{
    /// <summary>Where people read: standard output, or standard error where standard output is for machines.</summary>
    public Screen Screen => Json ? Terminal.Error : Terminal.Output;
}
