using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Statistics;

namespace GradTorch.Cli.Output;

/// <summary>What the comparison of two variants comes to, in a sentence.</summary>
internal static class ComparisonSentence
{
    /// <summary>Above, the number of seeds is no advice any more.</summary>
    private const double MostSeeds = 1000;

    public static string Of(PairComparison pair, ComparedMeasure measure) => pair.Outcome switch
    {
        ComparisonOutcome.NotComparable => $"{pair.First.Name} and {pair.Second.Name} are not comparable: {pair.Obstacle}",
        ComparisonOutcome.Better => $"{pair.First.Name} is better than {pair.Second.Name}: {Evidence(pair, measure)}",
        ComparisonOutcome.Worse => $"{pair.First.Name} is worse than {pair.Second.Name}: {Evidence(pair, measure)}",
        _ => $"{pair.First.Name} and {pair.Second.Name}: undecided, {Evidence(pair, measure)}{Advice(pair)}",
    };

    private static string Evidence(PairComparison pair, ComparedMeasure measure)
    {
        string[] parts =
        [
            .. pair.Difference is { } difference ? [$"{measure.Name} {Difference(difference, measure)}"] : Array.Empty<string>(),
            NumberText.Plural(pair.Seeds, "common seed"),
            .. pair.Test switch
            {
                ComparisonTest.PairedT => [$"paired t-test, {PValues(pair)}, d {NumberText.General(pair.Effect!.Value)}"],
                ComparisonTest.Wilcoxon => [$"Wilcoxon's signed-rank test, {PValues(pair)}, r {NumberText.General(pair.Effect!.Value)}"],
                _ => Array.Empty<string>(),
            },
            .. Counted(pair),
        ];
        return string.Join("; ", parts);
    }

    private static string Difference(MeanInterval difference, ComparedMeasure measure)
    {
        var (scale, unit) = measure == ComparedMeasure.Accuracy ? (100, " points") : (1, "");
        string Signed(double number) => (number > 0 ? "+" : "") + NumberText.General(scale * number);
        return Signed(difference.Mean) + unit + (difference is { Low: { } low, High: { } high } ? $" [{Signed(low)}, {Signed(high)}]" : "");
    }

    private static string PValues(PairComparison pair)
    {
        static string Text(double? p) => p < 1e-3 ? NumberText.Scientific(p.Value) : NumberText.General(p!.Value);
        return $"p = {Text(pair.PValue)}" + (pair.Adjusted == pair.PValue ? "" : $", with Holm's correction {Text(pair.Adjusted)}");
    }

    /// <summary>How members were counted of which there is no number.</summary>
    private static IEnumerable<string> Counted(PairComparison pair)
    {
        foreach (var variant in new[] { pair.First, pair.Second })
        {
            if (variant.Diverged > 0) yield return $"{NumberText.Count(variant.Diverged)} diverged of {variant.Name} counted as worst";
            if (variant.Unfinished > 0) yield return $"{NumberText.Count(variant.Unfinished)} unfinished of {variant.Name} counted by the last evaluation";
        }
        if (pair.Unpaired > 0) yield return $"{NumberText.Plural(pair.Unpaired, "member")} without partner or evaluation";
    }

    private static string Advice(PairComparison pair) => pair switch
    {
        { Seeds: 0 } => "; give both the same seeds",
        { Test: ComparisonTest.None } => "; one seed tells nothing of chance, give more (seeds:count)",
        { IsOutOfReach: true } => $"; no outcome of {NumberText.Plural(pair.Seeds, "seed")} could be below {Level}, it takes at least {NumberText.Plural((long)pair.SeedsNeeded!, "seed")}",
        { PValue: 1, Effect: 0 } => "; no evidence of any difference",
        { SeedsNeeded: { } seeds and <= MostSeeds } => $"; about {NumberText.Plural((long)seeds, "seed")} would decide it, were the difference this large",
        { SeedsNeeded: not null } => $"; more than {NumberText.Plural((long)MostSeeds, "seed")} would be needed for so small a difference",
        _ => "",
    };

    private static string Level => NumberText.General(PairComparison.Level);
}
