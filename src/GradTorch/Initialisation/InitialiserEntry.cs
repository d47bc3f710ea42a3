namespace GradTorch.Initialisation;

/// <summary>One initialiser of the registry.</summary>
/// <param name="Formula">The distribution, without the gain.</param>
public sealed record InitialiserEntry(string Name, string Formula, string Reference, Initialiser Initialiser);
