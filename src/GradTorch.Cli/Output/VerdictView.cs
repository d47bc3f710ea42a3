using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>Verdicts as people read them.</summary>
internal static class VerdictView
{
    /// <summary>Those on a run: at its first record, at its last, and the worst between.</summary>
    /// <param name="theory">Null where theory does not cover the network.</param>
    public static void Show(RunVerdicts verdicts, IReadOnlyList<TheoryEntry>? theory, Screen screen)
    {
        screen.Line();
        Show("at the first record", verdicts.Route, [.. verdicts.Members.Select(member => member.First)], screen);
        TheoryView.Show(theory, verdicts.Members.Select(member => member.First), verdicts.Route, screen);
        Show("at the last record", verdicts.Route, [.. verdicts.Members.Select(member => member.Last)], screen);
        var between = verdicts.Members.Where(member => member.Worst.Step != member.First.Step && member.Worst.Step != member.Last.Step)
            .Select(member => member.Worst).ToList();
        if (between.Count > 0) Show("at the worst record", verdicts.Route, between, screen);
        screen.Line(Legend(verdicts.Route.Unit, verdicts.Limits));
    }

    /// <summary>Some verdicts, one of each member.</summary>
    /// <param name="when">In words.</param>
    public static void Show(string when, GradientRoute route, IReadOnlyList<GradientVerdict> members, Screen screen)
    {
        foreach (var fate in members.GroupBy(verdict => verdict.Fate).OrderByDescending(fate => fate.Count()))
        {
            GradientVerdict[] alike = [.. fate];
            var who = members.Count == 1 ? ""
                : alike.Length == members.Count ? $" in all {NumberText.Plural(members.Count, "member")}"
                : $" in {NumberText.Count(alike.Length)} of {NumberText.Plural(members.Count, "member")}";
            screen.Show(fate.Key.Name(), ColourOf(fate.Key), $" {when} ({StepsOf(alike)}){who}: {What(route, alike)}");
            foreach (var line in How(route, alike)) screen.Line($"  {line}");
        }
    }

    /// <summary>What the words mean.</summary>
    /// <param name="unit">Layer or timestep.</param>
    public static string Legend(string unit, GradientLimits limits) => FormattableString.Invariant(
        $"(by ‖δ‖ of the first {unit} by that of the last: vanishing up to {limits.Vanishing}, exploding from {limits.Exploding}; verdict:vanishing and verdict:exploding)");

    private static string ColourOf(GradientFate fate) => fate == GradientFate.Healthy ? "green" : "yellow";

    private static string StepsOf(GradientVerdict[] members)
    {
        long[] steps = [.. members.Select(verdict => verdict.Step).Distinct().Order()];
        return steps is [var one] ? $"step {NumberText.Count(one)}" : $"steps {NumberText.Count(steps[0])} to {NumberText.Count(steps[^1])}";
    }

    private static string What(GradientRoute route, GradientVerdict[] members)
    {
        GradientTrend[] trends = [.. members.Select(verdict => verdict.Trend)];
        if (trends.Select(trend => trend.FirstNonfinite).OfType<int>().ToList() is { Count: > 0 } places)
            return $"on its way back the gradient is not finite from {route.Places[places.Max() - 1]} on";
        if (trends.Any(trend => trend.Places == 0)) return "no gradient comes to any " + route.Unit;
        if (trends.All(trend => trend.EndsAtOnce)) return $"nothing of the gradient passes the activation of {route.Places[trends.Max(trend => trend.Places) - 1]}";
        var (first, last) = (route.Places[0], route.Places[trends.Max(trend => trend.Places) - 1]);
        if (first == last) return $"there is one {route.Unit} only";
        var logarithm = Median.Of(trends.Select(trend => trend.LogRatio));
        var ratio = Math.Exp(logarithm);
        return logarithm == double.NegativeInfinity
            ? $"nothing of the gradient at {last} reaches {first}"
            : $"{first} gets {(ratio is > 0.01 and < 10_000 ? NumberText.General(ratio) : NumberText.Exponential(logarithm))} times the gradient of {last}";
    }

    private static IEnumerable<string> How(GradientRoute route, GradientVerdict[] members)
    {
        GradientTrend[] trends = [.. members.Select(verdict => verdict.Trend)];
        if (trends.Select(trend => trend.Slope).OfType<Analysis.Statistics.LineFit>().ToList() is { Count: > 0 } lines)
        {
            var slope = Median.Of(lines.Select(line => line.Slope));
            var interval = lines.Any(line => line.Low is null) ? "" :
                $" [{NumberText.General(Median.Of(lines.Select(line => line.Low!.Value)))}, {NumberText.General(Median.Of(lines.Select(line => line.High!.Value)))}]";
            yield return $"×{NumberText.General(Math.Exp(-slope))} a {route.Unit} on its way back: slope of ln‖δ‖ {NumberText.General(slope)}{interval}, e-folding over {NumberText.General(1 / Math.Abs(slope))} {route.Unit}s";
        }
        var (activation, weights) = (Gain(trends, trend => trend.ActivationGain), Gain(trends, trend => trend.WeightGain));
        if (activation is not null && weights is not null)
            yield return $"activation: ×{activation} a {route.Unit}; weights: ×{weights}{BlameOf(members)}";
        if (trends.Max(trend => trend.Zeros) is > 0 and var zeros)
            yield return $"δ is exactly 0 in {(trends.Length == 1 ? "" : "up to ")}{NumberText.Plural(zeros, route.Unit)}";
    }

    private static string? Gain(GradientTrend[] trends, Func<GradientTrend, double?> gain) =>
        trends.Select(gain).OfType<double>().ToList() is { Count: > 0 } known ? NumberText.General(Median.Of(known)) : null;

    private static string BlameOf(GradientVerdict[] members)
    {
        var blamed = members.Where(verdict => verdict.Blame != Blame.None).CountBy(verdict => verdict.Blame).ToList();
        if (blamed.Count == 0) return "";
        return "; to blame: " + string.Join(", ", blamed.OrderByDescending(blame => blame.Value).Select(blame =>
            (blame.Key == Blame.Both ? "both" : $"the {blame.Key.ToString().ToLowerInvariant()}")
            + (blamed.Count == 1 ? "" : $" in {NumberText.Plural(blame.Value, "member")}")));
    }
}
