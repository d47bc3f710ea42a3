using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Gradients;
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
        var (first, last) = summary.Layers is { } layers ? (layers.FirstHidden.Name, layers.LastHidden.Name) : ("first", "last");
        var table = TableStyle.OfNumbers(
            SettingText.Name(summary.Varied[0]),
            [
                .. summary.Varied.Skip(1).Select(SettingText.Name), "test loss", "accuracy", $"‖∂L/∂W‖\n{first}", $"‖∂L/∂W‖\n{last}",
                "diverged",
            ]);
        foreach (var group in summary.Groups.Take(Most)) table.AddRow(Cells(group));
        screen.Show(table);
        var (hidden, seeds) = (summary.Groups.Count - Most, summary.Groups.Max(group => group.Members.Count));
        if (hidden > 0) screen.Line($"and {NumberText.Plural(hidden, "more combination")} (--json has them all)");
        screen.Line(seeds == 1
            ? "a member in each row, gradients at the last record"
            : $"medians of {NumberText.Plural(seeds, "seed")} in each row, gradients at the last record");
    }

    private static string[] Cells(MemberGroup group) =>
    [
        .. group.Values.Select(SettingText.Value),
        NumberText.General(Median.Of(group.Tests.Select(test => test.Loss))),
        NumberText.Percent(Median.Of(group.Tests.Select(test => test.Accuracy).OfType<double>())),
        Norm(group.Layers?.FirstHidden), Norm(group.Layers?.LastHidden),
        $"{NumberText.Count(group.Diverged)} of {NumberText.Count(group.Members.Count)}",
    ];

    private static string Norm(LayerChange? layer) =>
        layer is null ? "–" : NumberText.ScientificOrDash(layer.Last[(int)LayerQuantity.WeightGradient]);
}
