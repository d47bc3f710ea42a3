using GradTorch.Analysis;
using GradTorch.Studies;

namespace GradTorch.Cli;

/// <summary>A run that was trained, to its end or until it was stopped.</summary>
internal sealed record TrainedRun(PlannedRun Planned, RunOutcome Outcome, RunSummary Summary)
{
    public string Name => Planned.Variant?.Name ?? Planned.Experiment.Name;
}
