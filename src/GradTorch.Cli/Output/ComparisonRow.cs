using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Statistics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Queries;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>A compared variant as a row of named values, for machines, for sorting and for filtering.</summary>
internal static class ComparisonRow
{
    /// <summary>Columns in their order. Means are over the members that did not diverge, verdicts of the last record, trends medians.</summary>
    public static readonly RowColumns<ComparedVariant> Columns = new(
    [
        ("variant", variant => variant.Name),
        ("members", variant => variant.Members.Count),
        ("diverged", variant => variant.Diverged),
        ("unfinished", variant => variant.Unfinished),
        ("steps", variant => variant.Steps),
        ("accuracy", variant => Mean(variant, member => member.Accuracy)?.Mean),
        ("accuracy_low", variant => Mean(variant, member => member.Accuracy)?.Low),
        ("accuracy_high", variant => Mean(variant, member => member.Accuracy)?.High),
        ("loss", variant => Mean(variant, member => member.Loss)?.Mean),
        ("loss_low", variant => Mean(variant, member => member.Loss)?.Low),
        ("loss_high", variant => Mean(variant, member => member.Loss)?.High),
        ("reached_target", variant => variant.Members.Count(member => member.StepsToTarget is not null)),
        ("steps_to_target", variant => Mean(variant, member => member.StepsToTarget)?.Mean),
        ("seconds_to_target", variant => variant.Seconds(Mean(variant, member => member.StepsToTarget)?.Mean)),
        ("verdict", variant => Verdict(variant)),
        ("vanishing", variant => Count(variant, GradientFate.Vanishing)),
        ("healthy", variant => Count(variant, GradientFate.Healthy)),
        ("exploding", variant => Count(variant, GradientFate.Exploding)),
        ("slope", variant => Trend(variant, trend => trend.Slope?.Slope)),
        ("efolding", variant => Trend(variant, trend => trend.EFolding)),
        ("ratio", variant => Trend(variant, trend => trend.Ratio)),
        ("weight_gain", variant => Trend(variant, trend => trend.WeightGain)),
        ("activation_gain", variant => Trend(variant, trend => trend.ActivationGain)),
        ("state", variant => variant.Status.Name()),
        ("seconds", variant => variant.Elapsed?.TotalSeconds),
        ("directory", variant => variant.Directory),
    ], variant => variant.Config);

    /// <summary>Null of no member.</summary>
    public static MeanInterval? Mean(ComparedVariant variant, Func<ComparedMember, double?> value) =>
        variant.Members.Where(member => !member.Diverged).Select(value).OfType<double>().ToList() is { Count: > 0 } known
            ? MeanInterval.Of(known)
            : null;

    /// <summary>What the last records of most members say; null where no gradients were recorded.</summary>
    private static string? Verdict(ComparedVariant variant) => variant.Members
        .Select(member => member.Verdicts?.Last.Fate).OfType<GradientFate>().CountBy(fate => fate)
        .OrderByDescending(fate => fate.Value).Select(fate => fate.Key.Name()).FirstOrDefault();

    private static int Count(ComparedVariant variant, GradientFate fate) =>
        variant.Members.Count(member => member.Verdicts?.Last.Fate == fate);

    private static double? Trend(ComparedVariant variant, Func<GradientTrend, double?> value) =>
        variant.Members.Select(member => member.Verdicts).OfType<MemberVerdicts>().Select(verdicts => value(verdicts.Last.Trend))
            .OfType<double>().ToList() is { Count: > 0 } known ? Median.Of(known) : null;
}
