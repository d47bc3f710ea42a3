using System.Diagnostics;
using GradTorch.Analysis;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>Trains an experiment into a run directory.</summary>
public static class ExperimentRunner
{
    /// <summary>Trains to the end or until cancelled; what was recorded by then is in the directory.</summary>
    /// <param name="variant">Where the experiment is a variant of a study, which.</param>
    public static RunOutcome Run(
        PreparedExperiment prepared, IRunListener listener, CancellationToken cancellation, VariantPlace? variant = null)
    {
        var experiment = prepared.Experiment;
        var directory = RunDirectory.Create(experiment.Output, experiment.Name, variant?.Name);
        directory.WriteConfig(ExperimentWriter.ToJson(experiment));
        var manifest = Manifest(prepared, variant, DateTimeOffset.UtcNow);
        directory.WriteManifest(manifest);
        using var heartbeat = new RunHeartbeat(directory, manifest);
        using var log = new RunLog(directory.LogFile);
        log.Write($"started: {manifest.TorchSource}, libtorch {manifest.LibtorchVersion}, {manifest.Device}");
        try
        {
            var outcome = Train(prepared, directory, manifest, heartbeat, new LoggedListener(listener, log), log, variant, cancellation);
            heartbeat.End(outcome.Exit, outcome.Steps, outcome.Summary.Result);
            return outcome;
        }
        catch (Exception exception)
        {
            log.Write($"failed: {exception}");
            heartbeat.End(RunExit.Failed, steps: null, ResultOf(directory), exception.Message);
            throw;
        }
    }

    /// <summary>Of a run that failed: null where its database is what failed.</summary>
    private static RunResult? ResultOf(RunDirectory directory)
    {
        try
        {
            return RunSummary.Read(directory).Result;
        }
        catch (RunException)
        {
            return null;
        }
    }

    private static RunOutcome Train(
        PreparedExperiment prepared, RunDirectory directory, RunManifest manifest, RunHeartbeat heartbeat, LoggedListener listener,
        RunLog log, VariantPlace? variant, CancellationToken cancellation)
    {
        var experiment = prepared.Experiment;
        var (model, plan) = (prepared.Model, prepared.Plan);
        var layers = model.LayerNames;
        using var database = RunDatabase.Create(directory.DatabaseFile);
        using var tensorBoard = !experiment.Tensorboard ? null : new TensorBoardRecorder(
            directory.TensorBoardFolder, prepared.Members.Count, layers, model.RecurrentLayers.Count, (int)model.Timesteps);
        using var recorder = new RunRecorder(
            database, Members(prepared), layers, model.RecurrentLayers.Count, (int)model.Timesteps, heartbeat.Recorded, tensorBoard);
        var watch = new Watch(recorder, listener);
        using var training = new PreparedTraining(prepared, plan, watch);
        var trainer = training.Trainer;
        listener.Started(new RunOverview(
            experiment, directory, manifest, plan, manifest.Seeds, layers, model.Parameters.Values.shape[1],
            () => trainer.StepsDone, variant, model.RecurrentLayers.Count, (int)model.Timesteps));
        var clock = Stopwatch.StartNew();
        var steps = trainer.Run(cancellation);
        if (trainer.Refusal is { } refusal) log.Write($"steps were not replayed as a CUDA graph: {refusal}");
        var isWhole = steps == plan.Steps && (!plan.EvaluatesAt(steps) || watch.LastEvaluation?.Step == steps);
        var exit = !isWhole && cancellation.IsCancellationRequested ? RunExit.Interrupted : RunExit.Finished;
        recorder.Finish(exit == RunExit.Finished ? MemberStatus.Finished : MemberStatus.Stopped);
        var elapsed = clock.Elapsed;
        var outcome = new RunOutcome(directory, exit, steps, elapsed, watch.Divergences, watch.LastEvaluation, RunSummary.Read(directory));
        listener.Ended(outcome);
        return outcome;
    }

    private static MemberRow[] Members(PreparedExperiment prepared) => [.. prepared.Members.Select(member => member.Row)];

    private static RunManifest Manifest(PreparedExperiment prepared, VariantPlace? variant, DateTimeOffset start) => new()
    {
        Name = prepared.Experiment.Name,
        Variant = variant?.Name,
        Version = SourceRevision.Version,
        Commit = SourceRevision.Commit(),
        TorchSource = TorchBackend.Current.Source,
        LibtorchVersion = TorchBackend.Current.LibtorchVersion,
        Device = DeviceOf(prepared.Device),
        Driver = prepared.Device.type == DeviceType.CPU ? null : TorchBackend.Current.Driver,
        BlasKernels = prepared.Device.type == DeviceType.CPU ? TorchBackend.Current.BlasKernels : null,
        Threads = prepared.Threads.Count,
        ThreadsReason = prepared.Threads.Reason,
        DataChecksum = prepared.Data.Checksum,
        Seeds = [.. prepared.Seeds.Select(seed => seed.Seed)],
        Varied = Varied(prepared),
        Grid = variant?.Grid.ToDictionary(own => own.Path, own => own.ToJson()) ?? [],
        PlannedSteps = prepared.Plan.Steps,
        Process = RunProcess.Current,
        Start = start,
        Heartbeat = start,
    };

    /// <summary>cpu, or cuda:0 (NVIDIA H200).</summary>
    private static string DeviceOf(Device device) =>
        device.type == DeviceType.CPU || TorchBackend.Current.DeviceName(device) is not { } model ? device.ToString() : $"{device} ({model})";

    private static IReadOnlyDictionary<string, double>[] Varied(PreparedExperiment prepared)
    {
        var keys = prepared.Experiment.Members.Vary.Keys;
        return keys.Count == 0
            ? []
            : [.. prepared.Members.Select(member => keys.Zip(member.Varied).ToDictionary(own => own.First.Path, own => own.Second))];
    }

    /// <summary>Hands everything to the recorder first, then to the listener, and keeps what the outcome needs.</summary>
    private sealed class Watch(RunRecorder recorder, LoggedListener listener) : ITrainingObserver
    {
        public List<Divergence> Divergences { get; } = [];

        public Evaluation? LastEvaluation { get; private set; }

        public void Diverged(Divergence divergence)
        {
            Divergences.Add(divergence);
            recorder.Diverged(divergence);
            listener.Diverged(divergence);
        }

        public void Recorded(TrainingRecord record)
        {
            recorder.Recorded(record);
            listener.Recorded(record);
        }

        public void Evaluated(Evaluation evaluation)
        {
            LastEvaluation = evaluation;
            recorder.Evaluated(evaluation);
            listener.Evaluated(evaluation);
        }
    }
}
