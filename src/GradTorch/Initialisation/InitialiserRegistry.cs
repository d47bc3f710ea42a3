namespace GradTorch.Initialisation;

/// <summary>The initial distributions that an experiment can name.</summary>
public static class InitialiserRegistry
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "xavier-normal", "xavier-uniform", "he-normal", "he-uniform",
        "lecun-normal", "pytorch", "normal", "orthogonal",
    ];
}
