using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Comparisons;

/// <summary>What a comparison of two variants comes to.</summary>
public enum ComparisonOutcome
{
    /// <summary>The first is better, and hardly by chance.</summary>
    Better,

    /// <summary>The second is.</summary>
    Worse,

    /// <summary>The difference may be chance.</summary>
    Undecided,

    /// <summary>They have other data or other steps.</summary>
    NotComparable,
}

/// <summary>The test that was made.</summary>
public enum ComparisonTest
{
    /// <summary>No common seed, or one only.</summary>
    None,

    PairedT,

    /// <summary>Where a member diverged, or never reached the target, and where all differences are alike.</summary>
    Wilcoxon,
}

/// <summary>Two variants compared on the seeds that they have in common: differences of the same seed, the first less the second. A
/// member that diverged counts as worse than any that did not, and as one that did; one that is unfinished by its last
/// evaluation.</summary>
/// <param name="Seeds">Pairs.</param>
/// <param name="Unpaired">Members of both that have no partner, or no evaluation.</param>
/// <param name="Obstacle">Why they are not comparable, in words; null where they are.</param>
/// <param name="Difference">Of the measure, the first less the second, in the mean; null where one is infinite.</param>
/// <param name="PValue">Two-sided; null without a test.</param>
/// <param name="Adjusted">The same after Holm's correction for all pairs of the comparison.</param>
/// <param name="Effect">Cohen's d_z of t, the rank-biserial correlation of Wilcoxon; above 0 where the first is better.</param>
/// <param name="SeedsNeeded">How many seeds would decide it, if it is undecided and that can be told.</param>
public sealed record PairComparison(
    ComparedVariant First, ComparedVariant Second, int Seeds, int Unpaired, string? Obstacle, MeanInterval? Difference,
    ComparisonTest Test, double? PValue, double? Adjusted, double? Effect, ComparisonOutcome Outcome, double? SeedsNeeded)
{
    /// <summary>Of significance.</summary>
    public const double Level = 0.05;

    /// <summary>Whether no outcome of so few seeds could have decided it.</summary>
    public bool IsOutOfReach { get; private init; }

    /// <summary>Without the correction, and without an outcome.</summary>
    internal static PairComparison Of(ComparedVariant first, ComparedVariant second, ComparedMeasure measure)
    {
        var others = second.Members.ToLookup(member => member.Seed);
        double[] pairs =
        [
            .. first.Members.SelectMany(
                one => others[one.Seed].Take(1), (one, other) => MeritOver(measure.Merit(one), measure.Merit(other))).OfType<double>(),
        ];
        var unpaired = first.Members.Count + second.Members.Count - 2 * pairs.Length;
        var made = new PairComparison(
            first, second, pairs.Length, unpaired, Obstacles.Between(first, second, measure), DifferenceOf(pairs, measure), ComparisonTest.None,
            null, null, null, ComparisonOutcome.Undecided, null);
        if (made.Obstacle is not null) return made with { Outcome = ComparisonOutcome.NotComparable };
        if (PairedTTest.Of(pairs) is { } t) return made with { Test = ComparisonTest.PairedT, PValue = t.PValue, Effect = t.Effect };
        if (pairs.Length < 2) return made;
        var wilcoxon = WilcoxonTest.Of(pairs);
        return made with { Test = ComparisonTest.Wilcoxon, PValue = wilcoxon.PValue, Effect = wilcoxon.Effect };
    }

    /// <param name="tests">Tests that are made together.</param>
    internal PairComparison Decided(double? adjusted, int tests)
    {
        if (adjusted is null) return this;
        if (adjusted <= Level)
            return this with { Adjusted = adjusted, Outcome = Effect > 0 ? ComparisonOutcome.Better : ComparisonOutcome.Worse };
        var level = Level / tests;
        var least = SampleSize.ForWilcoxon(level);
        var outOfReach = Test == ComparisonTest.Wilcoxon && Seeds < least;
        return this with
        {
            Adjusted = adjusted,
            IsOutOfReach = outOfReach,
            SeedsNeeded = Test == ComparisonTest.PairedT ? Math.Max(Seeds + 1, SampleSize.ForT(Effect!.Value, level)) : outOfReach ? least : null,
        };
    }

    /// <summary>Null where one is; two that diverged do not differ.</summary>
    private static double? MeritOver(double? one, double? other) => one is not null && one == other ? 0 : one - other;

    private static MeanInterval? DifferenceOf(double[] merits, ComparedMeasure measure) =>
        merits.Length > 0 && merits.All(double.IsFinite)
            ? MeanInterval.Of([.. merits.Select(difference => measure.MoreIsBetter ? difference : -difference)])
            : null;
}
