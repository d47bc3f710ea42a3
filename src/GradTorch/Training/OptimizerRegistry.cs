namespace GradTorch.Training;

/// <summary>The optimisers that an experiment can name.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<string> Names { get; } = ["sgd", "adam"];
}
