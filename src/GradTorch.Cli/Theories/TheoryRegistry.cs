namespace GradTorch.Cli.Theories;

/// <summary>Everything that theory predicts.</summary>
internal static class TheoryRegistry
{
    public static IReadOnlyList<TheoryKind> All { get; } =
    [
        new SlopeTheory(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];
}
