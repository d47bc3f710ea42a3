using System.Diagnostics;
using GradTorch.Analysis;
using GradTorch.Runs;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>A run in one go: from its first step or a checkpoint to its end, or to a stop.</summary>
/// <param name="manifest">What is to be in the directory from here on.</param>
/// <param name="checkpoint">Null to start with the first step.</param>
internal sealed class RunSession(
    PreparedExperiment prepared, RunDirectory directory, RunManifest manifest, VariantPlace? variant, SafetensorsFile? checkpoint,
    CheckpointRequest? request)
{
    /// <param name="limit">Updates after which to stop; null for none.</param>
    public RunOutcome Run(IRunListener listener, long? limit, CancellationToken cancellation)
    {
        directory.WriteManifest(manifest);
        using var heartbeat = new RunHeartbeat(directory, manifest);
        using var log = new RunLog(directory.LogFile);
        try
        {
            log.Write($"{Beginning()}: {manifest.TorchSource}, libtorch {manifest.LibtorchVersion}, {manifest.Device}");
            var outcome = Train(heartbeat, new LoggedListener(listener, log), log, limit, cancellation);
            heartbeat.End(outcome.Exit, outcome.Steps, outcome.Summary.Result);
            return outcome;
        }
        catch (Exception exception)
        {
            var failure = RunFailure.Of(exception, directory);
            RunFailure.Record(failure, exception, heartbeat, log, directory);
            if (failure == exception) throw;
            throw failure;
        }
    }

    private string Beginning() => manifest.Resumed is { } resumed ? FormattableString.Invariant($"goes on after {resumed.Step} steps") : "started";

    private RunOutcome Train(RunHeartbeat heartbeat, LoggedListener listener, RunLog log, long? limit, CancellationToken cancellation)
    {
        var (model, plan) = (prepared.Model, prepared.Plan);
        var watch = new Watch(listener);
        using var training = new PreparedTraining(prepared, plan, watch);
        var trainer = training.Trainer;
        if (checkpoint is not null) TrainingState.Restore(trainer, checkpoint.Tensors);
        var first = trainer.StepsDone;
        directory.Checkpoints.RemoveAfter(first);
        using var database = checkpoint is null
            ? RunDatabase.CreateAnew(directory.DatabaseFile) : RunDatabase.Continue(directory.DatabaseFile, first, trainer.LastEvaluation);
        using var recorder = new RunRecorder(
            database, Members(trainer), model.LayerNames, model.RecurrentLayers.Count, (int)model.Timesteps, heartbeat.Recorded);
        watch.Recorder = recorder;
        watch.Diverging = divergence => recorder.Keep(BlackBox.Keep(trainer, divergence, directory));
        listener.Started(new RunOverview(
            prepared.Experiment, directory, manifest, plan, manifest.Seeds, model.LayerNames, model.Parameters.Values.shape[1],
            () => trainer.StepsDone, variant, model.RecurrentLayers.Count, (int)model.Timesteps) { Divergences = [.. trainer.Divergences] });
        var keeper = new CheckpointKeeper(directory.Checkpoints, prepared.Experiment, recorder, request, checkpoint is null ? null : first);
        var clock = Stopwatch.StartNew();
        while (!trainer.IsDone && !cancellation.IsCancellationRequested && !(trainer.StepsDone >= limit))
        {
            trainer.Run(cancellation, step => keeper.IsDue(step) || step == limit);
            keeper.Keep(trainer);
        }
        if (trainer.Refusal is { } refusal) log.Write($"steps were not replayed as a CUDA graph: {refusal}");
        var exit = trainer.IsDone ? RunExit.Finished : RunExit.Interrupted;
        recorder.Finish(exit == RunExit.Finished ? MemberStatus.Finished : MemberStatus.Stopped);
        var elapsed = clock.Elapsed;
        var outcome = new RunOutcome(
            directory, exit, trainer.StepsDone, elapsed, [.. trainer.Divergences], watch.LastEvaluation, RunSummary.Read(directory)) { FirstStep = first };
        listener.Ended(outcome);
        return outcome;
    }

    /// <summary>As they stand in the database when the session begins.</summary>
    private MemberRow[] Members(Trainer trainer)
    {
        MemberRow[] rows = [.. prepared.Members.Select(member => member.Row)];
        foreach (var divergence in trainer.Divergences) rows[divergence.Member] = RunRecorder.Diverged(rows[divergence.Member], divergence);
        return rows;
    }

    /// <summary>Hands everything to the recorder first, then to the listener, and keeps what the outcome needs.</summary>
    private sealed class Watch(LoggedListener listener) : ITrainingObserver
    {
        /// <summary>There before the first step.</summary>
        public RunRecorder Recorder { get; set; } = null!;

        public Evaluation? LastEvaluation { get; private set; }

        /// <summary>Hears of a member that stops while the trainer still has its step.</summary>
        public Action<Divergence> Diverging { get; set; } = _ => { };

        public void Diverged(Divergence divergence)
        {
            Recorder.Diverged(divergence);
            Diverging(divergence);
            listener.Diverged(divergence);
        }

        public void Recorded(TrainingRecord record)
        {
            Recorder.Recorded(record);
            listener.Recorded(record);
        }

        public void Evaluated(Evaluation evaluation)
        {
            LastEvaluation = evaluation;
            Recorder.Evaluated(evaluation);
            listener.Evaluated(evaluation);
        }
    }
}
