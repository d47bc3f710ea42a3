namespace GradTorch.Models;

/// <summary>The kinds of model that an experiment can name.</summary>
public static class ModelRegistry
{
    public static IReadOnlyList<string> Names { get; } = ["mlp"];
}
