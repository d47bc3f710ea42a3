using GradTorch.Configuration;
using GradTorch.Runs;

namespace GradTorch.Studies;

/// <summary>Trains an experiment into a run directory.</summary>
public static class ExperimentRunner
{
    /// <summary>Trains to the end or until cancelled; what was recorded by then, and what the run needs to go on, is in the directory.</summary>
    /// <param name="variant">Where the experiment is a variant of a study, which.</param>
    /// <param name="study">And of which, as <see cref="StudyRecord.Name"/>.</param>
    /// <param name="request">Asks for a checkpoint while it goes on.</param>
    /// <param name="limit">Updates after which it stops in any case, as if it were interrupted; null for none.</param>
    /// <exception cref="RunException">A file can't be written, or memory ran out; the message says what is saved, and how it goes on.</exception>
    public static RunOutcome Run(
        PreparedExperiment prepared, IRunListener listener, CancellationToken cancellation, VariantPlace? variant = null,
        string? study = null, CheckpointRequest? request = null, long? limit = null)
    {
        var experiment = prepared.Experiment;
        var manifest = RunManifests.Of(prepared, variant, DateTimeOffset.UtcNow) with { Study = study };
        var directory = RunDirectory.Create(experiment.Output, experiment.Name, variant?.Name, made =>
        {
            made.WriteConfig(ExperimentWriter.ToJson(experiment));
            made.WriteManifest(manifest);
        });
        return new RunSession(prepared, directory, manifest, variant, null, request).Run(listener, limit, cancellation);
    }

    /// <summary>Goes on with a run from its newest checkpoint, or anew if there is none, in its own directory. What was recorded after the
    /// checkpoint is recorded again in its place.</summary>
    /// <param name="prepared">Of the run's <see cref="StoppedRun.Experiment"/>.</param>
    /// <inheritdoc cref="Run"/>
    public static RunOutcome Resume(
        PreparedExperiment prepared, StoppedRun run, IRunListener listener, CancellationToken cancellation, VariantPlace? variant = null,
        CheckpointRequest? request = null, long? limit = null)
    {
        run.RequireData(prepared.Data);
        run.Directory.WriteConfig(ExperimentWriter.ToJson(run.Experiment));
        return new RunSession(prepared, run.Directory, run.Resumed(prepared), variant, run.Checkpoint, request).Run(listener, limit, cancellation);
    }
}
