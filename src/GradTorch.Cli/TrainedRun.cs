using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>A run that was trained, to its end or until it was stopped.</summary>
internal sealed record TrainedRun(PlannedRun Planned, RunOutcome Outcome, RunSummary Summary)
{
    public string Name => Planned.Variant?.Name ?? Planned.Experiment.Name;

    /// <summary>The runs side by side, and each with each.</summary>
    public static Comparison Compare(IEnumerable<TrainedRun> runs) => Comparison.Of(ComparedVariant.Distinguish(
        [.. runs.SelectMany(run => ComparedVariant.Of(run.Outcome.Directory, run.Summary))]));
}
