using GradTorch.Cli.Terminals;
using GradTorch.Gradients;
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
        var table = TableStyle.OfNumbers(
            "variant", $"test loss{spread}", $"accuracy{spread}", "‖∂L/∂W‖ ratio\nfirst", "‖∂L/∂W‖ ratio\nlast", "diverged", "time");
        foreach (var run in trained) table.AddRow(Cells(run));
        screen.Show(table);
        foreach (var line in Lines(study, trained, several)) screen.Line(line);
    }

    private static string[] Cells(TrainedRun run)
    {
        var tests = run.Summary.Tests.ToList();
        var ratio = run.Summary.Layers?.HiddenRatio(LayerQuantity.WeightGradient) ?? (double.NaN, double.NaN);
        var members = run.Summary.Members.Count;
        return
        [
            run.Outcome.Exit == RunExit.Interrupted ? $"{run.Name}\ninterrupted" : run.Name,
            Cell(Spread.Of(tests.Select(test => test.Loss)), NumberText.General),
            Cell(Spread.Of(tests.Select(test => test.Accuracy).OfType<double>()), NumberText.Percent),
            NumberText.ScientificOrDash(ratio.Item1), NumberText.ScientificOrDash(ratio.Item2),
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

    private static IEnumerable<string> Lines(StudyPlan study, IReadOnlyList<TrainedRun> trained, bool several)
    {
        if (trained.Select(run => run.Summary.Layers).FirstOrDefault(layers => layers is not null) is { } layers)
            yield return $"‖∂L/∂W‖ ratio: {layers.FirstHidden.Name} by {layers.LastHidden.Name}, at the first and at the last record"
                + (several ? "; medians over the members" : "");
        string[] missing = [.. study.Runs.Select(run => run.Variant!.Name).Except(trained.Select(run => run.Name))];
        if (missing.Length > 0) yield return $"not trained: {string.Join(", ", missing)}";
        foreach (var run in trained) yield return $"run directory: {run.Outcome.Directory.Path}";
    }
}
