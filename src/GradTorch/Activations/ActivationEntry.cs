namespace GradTorch.Activations;

/// <summary>One activation of the registry.</summary>
/// <param name="Formula">g(z).</param>
/// <param name="Derivative">g′(z), in terms of z or of a = g(z).</param>
/// <param name="Create">Makes it with the parameters of an experiment.</param>
public sealed record ActivationEntry(
    string Name, string Formula, string Derivative, Func<ActivationParameters, Activation> Create)
{
    /// <summary>The keys of the section that it reads.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
