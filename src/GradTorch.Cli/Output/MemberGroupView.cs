using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The members of a run by what they vary: a row for each combination of values, medians over its seeds.</summary>
internal static class MemberGroupView
{
    /// <summary>Rows that a table shows; more are for machines.</summary>
    private const int Most = 60;

    /// <summary>Shows nothing where only seeds differ.</summary>
    public static void Show(RunSummary summary, Screen screen)
    {
        if (summary.Varied.Count == 0) return;
        string[] ends = summary.Layers is { } layers ? [.. Ends(layers).Select(layer => layer.Name)] : [];
        var hasAccuracy = summary.Tests.Any(test => test.Accuracy is not null);
        var table = TableStyle.OfNumbers(
            SettingText.Header(summary.Varied[0]),
            [
                .. summary.Varied.Skip(1).Select(SettingText.Header), "test\nloss", .. hasAccuracy ? ["accuracy"] : Array.Empty<string>(),
                .. ends.Select(layer => $"‖∂L/∂W‖\n{layer}"), "diverged",
            ]);
        foreach (var group in summary.Groups.Take(Most)) table.AddRow(Cells(group, hasAccuracy));
        screen.ShowWhole(table, summary.Varied.Count);
        var (hidden, seeds) = (summary.Groups.Count - Most, summary.Groups.Max(group => group.Members.Count));
        if (hidden > 0) screen.Line($"and {NumberText.Plural(hidden, "more combination")} (--json has them all)");
        screen.Line(
            (seeds == 1 ? "a member in each row" : $"medians of {NumberText.Plural(seeds, "seed")} in each row")
            + (ends.Length == 0 ? "" : ", gradients at the last record"));
    }

    private static string[] Cells(MemberGroup group, bool hasAccuracy) =>
    [
        .. group.Values.Select(SettingText.Value),
        Cell(group.Tests.Select(test => test.Loss), NumberText.General),
        .. hasAccuracy ? [Cell(group.Tests.Select(test => test.Accuracy).OfType<double>(), NumberText.Percent)] : Array.Empty<string>(),
        .. group.Layers is { } layers ? Ends(layers).Select(Norm) : [],
        $"{NumberText.Count(group.Diverged)} of {NumberText.Count(group.Members.Count)}",
    ];

    /// <summary>The median, or a dash where no member was evaluated without having diverged.</summary>
    private static string Cell(IEnumerable<double> tests, Func<double, string> format) =>
        Spread.Of(tests) is { Count: > 0 } spread ? format(spread.Median) : "–";

    /// <summary>The hidden layer next to the input and the one next to the output, or both in one.</summary>
    private static IEnumerable<LayerChange> Ends(LayerProfile layers) =>
        new[] { layers.FirstHidden, layers.LastHidden }.Distinct();

    private static string Norm(LayerChange layer) =>
        NumberText.ScientificOrDash(layer.Last[(int)LayerQuantity.WeightGradient]);
}
