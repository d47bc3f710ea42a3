namespace GradTorch.Initialisation;

/// <summary>One initialiser of the registry.</summary>
/// <param name="Formula">The distribution, without the gain.</param>
/// <param name="Options">The keys of the section that it reads; the others are refused.</param>
public sealed record InitialiserEntry(
    string Name, string Formula, string Reference, Initialiser Initialiser, IReadOnlyList<string> Options);
