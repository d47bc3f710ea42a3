using GradTorch.Configuration;

namespace GradTorch.Activations;

/// <summary>What an experiment can name for the way back: the activation's own derivative, or a surrogate.</summary>
[RegistryOf("a surrogate")]
public static class BackwardRegistry
{
    public const string Exact = "exact";

    public static IReadOnlyList<string> Names { get; } = [Exact, .. SurrogateRegistry.Names];
}
