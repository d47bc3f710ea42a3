using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Terminals;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>The variants of a study compared, as people read them.</summary>
internal static class StudyView
{
    /// <param name="target">What each should reach; null for nothing.</param>
    public static void Show(StudyPlan study, IReadOnlyList<TrainedRun> trained, ComparedTarget? target, Screen screen)
    {
        ComparisonView.Show(TrainedRun.Compare(trained, target), screen);
        string[] missing = [.. study.Runs.Select(run => run.Variant!.Name).Except(trained.Select(run => run.Name))];
        if (missing.Length > 0) screen.Line($"not trained: {string.Join(", ", missing)}");
        foreach (var run in trained) screen.Line($"run directory: {run.Outcome.Directory.Path}");
    }
}
