using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Studies;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The variants of a study side by side, as people read them.</summary>
internal static class StudyView
{
    public static void Show(StudyPlan study, IReadOnlyList<TrainedRun> trained, Screen screen)
    {
        foreach (var run in trained.Where(run => run.Summary.Varied.Count > 0))
        {
            screen.Show(run.Name, "bold", "");
            MemberGroupView.Show(run.Summary, screen);
            screen.Line();
        }
        var several = trained.Any(run => run.Summary.Members.Count > 1);
        string spread = several ? "\nmin..max" : "";
        Ratio[] ratios = [.. Ratio.All.Where(ratio => trained.Any(run => ratio.Of(run.Summary) is not null))];
        var table = TableStyle.OfNumbers(
            "variant",
            [
                $"test loss{spread}", $"accuracy{spread}",
                .. ratios.SelectMany(ratio => new[] { $"{ratio.Quantity}\nratio\nfirst", $"{ratio.Quantity}\nratio\nlast" }), "diverged", "time",
            ]);
        foreach (var run in trained) table.AddRow(Cells(run, ratios));
        screen.ShowWhole(table);
        foreach (var line in Lines(study, trained, ratios, several)) screen.Line(line);
    }

    private static string[] Cells(TrainedRun run, Ratio[] ratios)
    {
        var tests = run.Summary.Tests.ToList();
        var members = run.Summary.Members.Count;
        return
        [
            run.Outcome.Exit == RunExit.Interrupted ? $"{run.Name}\ninterrupted" : run.Name,
            Cell(Spread.Of(tests.Select(test => test.Loss)), NumberText.General),
            Cell(Spread.Of(tests.Select(test => test.Accuracy).OfType<double>()), NumberText.Percent),
            .. ratios.Select(ratio => ratio.Of(run.Summary) ?? (double.NaN, double.NaN))
                .SelectMany(ratio => new[] { ratio.Item1, ratio.Item2 }).Select(NumberText.ScientificOrDash),
            $"{NumberText.Count(run.Summary.Diverged)} of {NumberText.Count(members)}",
            NumberText.Duration(run.Outcome.Elapsed),
        ];
    }

    private static string Cell(Spread spread, Func<double, string> format) => spread.Count switch
    {
        0 => "–",
        1 => format(spread.Median),
        _ => $"{format(spread.Median)}\n{format(spread.Min)}..{format(spread.Max)}",
    };

    private static IEnumerable<string> Lines(
        StudyPlan study, IReadOnlyList<TrainedRun> trained, Ratio[] ratios, bool several)
    {
        foreach (var ratio in ratios)
        {
            var of = string.Join(" or ", trained.Select(run => run.Summary).Where(summary => ratio.Of(summary) is not null)
                .Select(ratio.Meaning).Distinct());
            yield return $"{ratio.Quantity} ratio: {of}, at the first and at the last record" + (several ? "; medians over the members" : "");
        }
        string[] missing = [.. study.Runs.Select(run => run.Variant!.Name).Except(trained.Select(run => run.Name))];
        if (missing.Length > 0) yield return $"not trained: {string.Join(", ", missing)}";
        foreach (var run in trained) yield return $"run directory: {run.Outcome.Directory.Path}";
    }

    /// <summary>How gradients change on their way back, in one number at the first and one at the last record.</summary>
    /// <param name="Of">Null where a run has none.</param>
    /// <param name="Meaning">What by what, in a run that has it.</param>
    private sealed record Ratio(
        string Quantity, Func<RunSummary, (double First, double Last)?> Of, Func<RunSummary, string> Meaning)
    {
        public static Ratio[] All { get; } =
        [
            new("‖∂L/∂W‖", summary => summary.Layers?.HiddenRatio(LayerQuantity.WeightGradient),
                summary => $"{summary.Layers!.FirstHidden.Name} by {summary.Layers.LastHidden.Name}"),
            new("‖∂L/∂h‖", summary => summary.Timesteps?.NextToOutput.TimeRatio(TimestepQuantity.HiddenGradient),
                summary => $"timestep 1 by the last in {summary.Timesteps!.NextToOutput.Name}"),
        ];
    }
}
