namespace GradTorch.Activations;

/// <summary>The activations that an experiment can name.</summary>
public static class ActivationRegistry
{
    public static IReadOnlyList<string> Names { get; } = ["identity", "sigmoid", "tanh", "relu", "leaky-relu"];
}
