namespace GradTorch.Analysis.Comparisons;

/// <summary>By what variants are compared.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="MoreIsBetter">Whether the larger value is the better one.</param>
/// <param name="Of">Null where a member has none.</param>
public sealed record ComparedMeasure(string Name, bool MoreIsBetter, Func<ComparedMember, double?> Of)
{
    public static readonly ComparedMeasure Accuracy = new("accuracy", MoreIsBetter: true, member => member.Accuracy);

    public static readonly ComparedMeasure Loss = new("loss", MoreIsBetter: false, member => member.Loss);

    /// <summary>To the target, which a member that never reached it would need infinitely many for.</summary>
    public static readonly ComparedMeasure Steps = new(
        "steps", MoreIsBetter: false, member => member.Step is null ? null : member.StepsToTarget ?? double.PositiveInfinity);

    public static IReadOnlyList<ComparedMeasure> All { get; } = [Accuracy, Loss, Steps];

    /// <summary>How good a member is, the more the better: one that diverged is worse than any that did not. Null where nothing is
    /// known of it.</summary>
    internal double? Merit(ComparedMember member) =>
        member.Diverged ? double.NegativeInfinity : MoreIsBetter ? Of(member) : -Of(member);
}
