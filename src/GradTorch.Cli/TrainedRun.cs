using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>A run that was trained, to its end or until it was stopped.</summary>
/// <param name="Prediction">Of each member, before it was trained; null where theory does not cover the network.</param>
internal sealed record TrainedRun(
    PlannedRun Planned, RunOutcome Outcome, RunSummary Summary, IReadOnlyList<GradientPrediction>? Prediction)
{
    /// <summary>What theory says of each member, beside its first record; null where it does not cover the network, and where the first
    /// record is not of all members before training.</summary>
    public IReadOnlyList<TheoryEntry>? Theory =>
        Summary.Verdicts is { } verdicts && verdicts.Members.Count == Prediction?.Count && verdicts.Members.All(member => member.First.Step == 0)
            ? TheoryEntry.Of(Prediction, verdicts.Members.Select(member => member.First))
            : null;

    public string Name => Planned.Variant?.Name ?? Planned.Experiment.Name;

    /// <summary>The runs side by side, and each with each.</summary>
    /// <param name="target">What each should reach; null for nothing.</param>
    public static Comparison Compare(IEnumerable<TrainedRun> runs, ComparedTarget? target) => Comparison.Of(
        ComparedVariant.Distinguish([.. runs.SelectMany(run => ComparedVariant.Of(run.Outcome.Directory, run.Summary, target))]), target);
}
