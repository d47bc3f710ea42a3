using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Statistics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>Variants side by side, and each with each, as people read them.</summary>
internal static class ComparisonView
{
    /// <summary>Sentences that are told; more are for machines.</summary>
    private const int Most = 40;

    private static readonly string[] Fates = [.. Enum.GetValues<GradientFate>().Select(fate => fate.Name())];

    public static void Show(Comparison comparison, Screen screen)
    {
        foreach (var line in NotComparable(comparison)) screen.Line(line);
        screen.ShowWhole(Table(comparison).ForScreen());
        foreach (var line in Notes(comparison)) screen.Line(line);
    }

    /// <summary>The table as Markdown, and what follows it as a list.</summary>
    public static string Markdown(Comparison comparison)
    {
        static string List(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"- {line}\n"));
        string[] parts = [List(NotComparable(comparison)), Table(comparison).Markdown(), List(Notes(comparison))];
        return string.Join('\n', parts.Where(part => part.Length > 0));
    }

    private static TextTable Table(Comparison comparison)
    {
        var columns = Columns(comparison).ToList();
        return new TextTable(
            [.. columns.Select(column => column.Header)],
            [.. comparison.Variants.Select(variant => columns.Select(column => column.Cell(variant)).ToArray())]);
    }

    private static IEnumerable<(string Header, Func<ComparedVariant, string> Cell)> Columns(Comparison comparison)
    {
        var members = comparison.Variants.SelectMany(variant => variant.Members).ToList();
        yield return ("variant", variant => variant.Name);
        if (members.Any(member => member.Accuracy is not null))
            yield return ("accuracy\n95 % interval", variant => Cell(variant, member => member.Accuracy, NumberText.Percent));
        yield return ("test loss\n95 % interval", variant => Cell(variant, member => member.Loss, NumberText.General));
        if (comparison.Target is not null)
        {
            yield return ("steps to\ntarget", Steps);
            yield return ("seconds\nto target", variant => Number(variant, "seconds_to_target"));
        }
        if (members.Any(member => member.Verdicts is not null))
        {
            yield return ("gradient at\nlast record", Verdicts);
            yield return ("e-folding", variant => Number(variant, "efolding"));
            yield return ("gain: weights\nactivation", variant => $"{Gain(variant, "weight_gain")}\n{Gain(variant, "activation_gain")}");
        }
        yield return ("diverged", variant => Share(variant.Diverged, variant));
        if (members.Any(member => member.Unfinished)) yield return ("unfinished", variant => Share(variant.Unfinished, variant));
        yield return ("time", variant => variant.Elapsed is { } elapsed ? NumberText.Duration(elapsed) : "–");
    }

    private static string Cell(ComparedVariant variant, Func<ComparedMember, double?> value, Func<double, string> format) =>
        ComparisonRow.Mean(variant, value) is not { } mean ? "–" : format(mean.Mean) + (mean.Low is null ? "" : $"\n{Interval(mean, format)}");

    private static string Interval(MeanInterval mean, Func<double, string> format) => $"[{format(mean.Low!.Value)}, {format(mean.High!.Value)}]";

    private static string Steps(ComparedVariant variant)
    {
        var reached = variant.Members.Count(member => member.StepsToTarget is not null);
        var steps = Number(variant, "steps_to_target");
        return reached == variant.Members.Count ? steps : $"{steps}\n{NumberText.Count(reached)} of {NumberText.Count(variant.Members.Count)}";
    }

    private static string Verdicts(ComparedVariant variant) => string.Join('\n', Fates
        .Select(fate => (Fate: fate, Count: (int)ComparisonRow.Columns.Value(variant, fate)!)).Where(fate => fate.Count > 0)
        .Select(fate => fate.Count == variant.Members.Count ? fate.Fate : $"{fate.Fate} {Share(fate.Count, variant)}"));

    private static string Number(ComparedVariant variant, string column) =>
        ComparisonRow.Columns.Value(variant, column) is double number ? NumberText.General(number) : "–";

    private static string Gain(ComparedVariant variant, string column) =>
        ComparisonRow.Columns.Value(variant, column) is double gain ? $"×{NumberText.General(gain)}" : "–";

    private static string Share(int count, ComparedVariant variant) => $"{NumberText.Count(count)} of {NumberText.Count(variant.Members.Count)}";

    private static IEnumerable<string> NotComparable(Comparison comparison) => comparison.Pairs
        .Where(pair => pair.Obstacle is not null).GroupBy(pair => pair.Obstacle)
        .Select(pairs => $"not comparable: {string.Join("; ", pairs.Take(3).Select(pair => $"{pair.First.Name} and {pair.Second.Name}"))}"
            + (pairs.Count() > 3 ? $" and {NumberText.Plural(pairs.Count() - 3, "more pair")}" : "") + $": {pairs.Key}");

    private static IEnumerable<string> Notes(Comparison comparison)
    {
        PairComparison[] pairs = [.. comparison.Pairs.Where(pair => pair.Obstacle is null)];
        foreach (var pair in pairs.Take(Most)) yield return ComparisonSentence.Of(pair, comparison.Measure);
        if (pairs.Length > Most) yield return $"and {NumberText.Plural(pairs.Length - Most, "more pair")} (--json has them all)";
        if (comparison.Variants.Any(variant => variant.Members.Any(member => member.Verdicts is not null)))
            yield return "gradient, e-folding and gains: of ‖δ‖ on its way back over hidden layers, in recurrent nets over timesteps; medians over the members";
        if (comparison.Variants.Any(variant => variant.Diverged > 0)) yield return "means leave diverged members out; pairs count them as worse than any other";
    }
}
