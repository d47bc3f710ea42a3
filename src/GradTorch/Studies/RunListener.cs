using GradTorch.Analysis;
using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>What a listener needs to show a run.</summary>
/// <param name="Layers">Names, from the hidden or recurrent layer next to the input to the output.</param>
/// <param name="StepsDone">Updates done so far; may be asked from any thread at any time.</param>
/// <param name="RecurrentLayers">How many of the layers, from the first, are recurrent.</param>
/// <param name="Timesteps">T of the recurrent layers; 0 without any.</param>
public sealed record RunOverview(
    Experiment Experiment, RunDirectory Directory, RunManifest Manifest, TrainingPlan Plan,
    IReadOnlyList<long> Seeds, IReadOnlyList<string> Layers, long Parameters, Func<long> StepsDone,
    VariantPlace? Variant = null, int RecurrentLayers = 0, int Timesteps = 0)
{
    /// <summary>Members that stopped before; only where a run is gone on with.</summary>
    public IReadOnlyList<Divergence> Divergences { get; init; } = [];
}

/// <summary>A variant's place in its study.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Variants that are trained one after another.</param>
public sealed record VariantPlace(string Name, int Number, int Count)
{
    /// <summary>What it has for each key of the study's grid; empty without one.</summary>
    public ValueList<GridValue> Grid { get; init; } = [];
}

/// <summary>How a run ended, or the part of it from where it was gone on with.</summary>
/// <param name="Elapsed">In this part.</param>
/// <param name="Evaluation">The last evaluation, or null when there was none.</param>
/// <param name="Summary">What its database has of it.</param>
public sealed record RunOutcome(
    RunDirectory Directory, RunExit Exit, long Steps, TimeSpan Elapsed, IReadOnlyList<Divergence> Divergences,
    Evaluation? Evaluation, RunSummary Summary)
{
    /// <summary>Updates that were done when this part began.</summary>
    public long FirstStep { get; init; }

    /// <summary>Updates in a second.</summary>
    public double Rate => (Steps - FirstStep) / Elapsed.TotalSeconds;
}

/// <summary>Watches a run; called on the thread that trains.</summary>
public interface IRunListener : ITrainingObserver
{
    void Started(RunOverview overview);

    void Ended(RunOutcome outcome);
}
