using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>Keeps checkpoints of a run when they are due. The state is copied between two steps; the file is written by the recorder's thread,
/// once the database has all that was recorded up to there.</summary>
internal sealed class CheckpointKeeper(
    RunCheckpoints checkpoints, Experiment experiment, RunRecorder recorder, CheckpointRequest? request, long? last)
{
    private const string StepKey = "step", ExperimentKey = "experiment", VersionKey = "gradtorch";

    private readonly string _experiment = HashOf(experiment);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _written = Task.CompletedTask;
    private (long Step, long Evaluated)? _kept = last is { } step ? (step, step) : null;

    public bool IsDue(long step) => IsMultiple(step) || IsTime() || request?.Take() == true;

    /// <summary>Keeps the state of a trainer that pauses, unless it is the one that was kept last. Waits while the one before is still being
    /// written, so that memory stays bounded.</summary>
    public void Keep(Trainer trainer)
    {
        var now = (trainer.StepsDone, trainer.LastEvaluation);
        if (now.StepsDone == 0 || now == _kept) return;
        _written.Wait();
        _kept = now;
        var file = new SafetensorsFile(
            new Dictionary<string, string>
            {
                [VersionKey] = SourceRevision.Version,
                [StepKey] = now.StepsDone.ToString(CultureInfo.InvariantCulture),
                [ExperimentKey] = _experiment,
            }, TrainingState.Of(trainer));
        _written = recorder.Keep(() => checkpoints.Write(now.StepsDone, file, experiment.Checkpoint.Keep));
        _clock.Restart();
    }

    /// <exception cref="RunException">The checkpoint is of another experiment.</exception>
    public static void RequireExperiment(SafetensorsFile checkpoint, Experiment experiment)
    {
        if (checkpoint.Metadata.GetValueOrDefault(ExperimentKey) != HashOf(experiment))
            throw new RunException("The checkpoint is of another experiment than the run's config.json. Put that back as it was, or remove the folder checkpoints for the run to start anew.");
    }

    /// <summary>SHA-256 of all that the experiment's steps depend on. How many there are, where files lie (of the data there is a checksum, and
    /// initial weights are past), where it runs and what is written is not among it.</summary>
    private static string HashOf(Experiment experiment)
    {
        var steps = experiment with
        {
            Device = "auto", Threads = ThreadCount.Auto, Output = "runs", Tensorboard = false, Checkpoint = new(),
            Data = experiment.Data with { Path = null }, Model = experiment.Model with { Init = experiment.Model.Init with { Path = null } },
            Training = experiment.Training with { Epochs = 1, Steps = null },
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ExperimentWriter.ToJson(steps))));
    }

    private bool IsMultiple(long step) => experiment.Checkpoint.Every > 0 && step % experiment.Checkpoint.Every == 0;

    private bool IsTime() => experiment.Checkpoint.Minutes > 0 && _clock.Elapsed.TotalMinutes >= experiment.Checkpoint.Minutes;
}
