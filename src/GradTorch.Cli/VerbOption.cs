namespace GradTorch.Cli;

/// <summary>An option that a verb has for itself.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What stands for its value, as in <c>N</c> or <c>cpu|cuda</c>; null for a switch, which has none.</param>
/// <param name="Meaning">A line for the help.</param>
internal sealed record VerbOption(string Name, string? Value, string Meaning)
{
    public string Synopsis => Value is null ? Name : $"{Name} {Value}";
}
