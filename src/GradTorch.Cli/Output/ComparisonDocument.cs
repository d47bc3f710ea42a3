using GradTorch.Analysis.Comparisons;

namespace GradTorch.Cli.Output;

/// <summary>A comparison as JSON.</summary>
/// <param name="Measure">By which pairs are compared.</param>
/// <param name="Variants">The columns of <see cref="ComparisonRow"/>.</param>
/// <param name="Pairs">Every two of them.</param>
internal sealed record ComparisonDocument(
    string Measure, ComparisonDocument.TargetEntry? Target, IReadOnlyList<OrderedDictionary<string, object?>> Variants,
    IReadOnlyList<ComparisonDocument.PairEntry> Pairs)
{
    public static ComparisonDocument Of(Comparison comparison) => new(
        comparison.Measure.Name,
        comparison.Target is { } target ? new TargetEntry(target.IsAccuracy ? "accuracy" : "loss", target.Value) : null,
        [.. comparison.Variants.Select(ComparisonRow.Columns.Of)],
        [.. comparison.Pairs.Select(pair => PairEntry.Of(pair, comparison.Measure))]);

    internal sealed record TargetEntry(string Measure, double Value);

    /// <param name="Difference">Of the measure, first less second, in the mean, with the bounds of its 95 % interval.</param>
    /// <param name="PHolm">p with Holm's correction.</param>
    /// <param name="Effect">Cohen's d_z, or the rank-biserial correlation of Wilcoxon; above 0 where the first is better.</param>
    /// <param name="OutOfReach">Whether no outcome of so few seeds could have decided it.</param>
    internal sealed record PairEntry(
        string First, string Second, ComparisonOutcome Outcome, int Seeds, int Unpaired, double? Difference, double? DifferenceLow,
        double? DifferenceHigh, ComparisonTest Test, double? P, double? PHolm, double? Effect, bool OutOfReach, double? SeedsNeeded,
        string? Obstacle, string Sentence)
    {
        public static PairEntry Of(PairComparison pair, ComparedMeasure measure) => new(
            pair.First.Name, pair.Second.Name, pair.Outcome, pair.Seeds, pair.Unpaired, pair.Difference?.Mean, pair.Difference?.Low,
            pair.Difference?.High, pair.Test, pair.PValue, pair.Adjusted, pair.Effect, pair.IsOutOfReach, pair.SeedsNeeded, pair.Obstacle,
            ComparisonSentence.Of(pair, measure));
    }
}
