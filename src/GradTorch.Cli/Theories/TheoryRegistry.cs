namespace GradTorch.Cli.Theories;

/// <summary>Everything that theory predicts.</summary>
internal static class TheoryRegistry
{
    public static IReadOnlyList<TheoryKind> All { get; } =
    [
        new SlopeTheory(),
        new MeanFieldTheory(),
        new CriticalTheory(),
        new RecurrentTheory(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];
}
