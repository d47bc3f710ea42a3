namespace GradTorch.Activations;

/// <summary>One activation of the registry.</summary>
/// <param name="Formula">g(z).</param>
/// <param name="Derivative">g′(z), in terms of z or of a = g(z).</param>
/// <param name="PyTorch">g(z) in Python, with <c>{slope}</c> for the factor n and <c>{negativeSlope}</c> and <c>{alpha}</c> for those numbers;
/// a module of each layer's own where it learns a number.</param>
/// <param name="Create">Makes it with the parameters of an experiment.</param>
public sealed record ActivationEntry(
    string Name, string Formula, string Derivative, string PyTorch, Func<ActivationParameters, Activation> Create)
{
    /// <summary>The keys of the section that it reads.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
