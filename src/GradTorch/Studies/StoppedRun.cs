using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Runs;

namespace GradTorch.Studies;

/// <summary>A run that is not going on, to be gone on with.</summary>
/// <param name="Experiment">Its own, perhaps with a longer training.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Checkpoint">The newest that is whole; null if there is none, and of a run that is complete.</param>
public sealed record StoppedRun(
    RunDirectory Directory, RunManifest Manifest, RunStatus Status, Experiment Experiment, SafetensorsFile? Checkpoint)
{
    /// <summary>All its updates are done.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>What is to be in config.json from here on; null to leave it as it is.</summary>
    internal string? Config { get; private init; }

    /// <param name="keys">What is to be another than before, as <c>--training:epochs 10</c>: the length of the training, or nothing.</param>
    /// <param name="announce">Told, in a sentence, of each checkpoint that is damaged.</param>
    /// <exception cref="RunException">It goes on already, or its files can't be read.</exception>
    /// <exception cref="ConfigurationException">Another key is to change, or the training is to be shorter.</exception>
    public static StoppedRun Open(RunDirectory directory, IReadOnlyList<string> keys, Action<string>? announce = null)
    {
        var (manifest, status) = directory.ReadStatus(DateTimeOffset.UtcNow);
        if (status == RunStatus.Running)
        {
            throw new RunException(FormattableString.Invariant(
                $"{directory.Path} is running, in process {manifest.Process?.Id} on {manifest.Process?.Host}. Stop that first, or wait for its end."));
        }
        var (before, experiment) = (Load(directory, []), Load(directory, keys));
        RequireSameButLength(before, experiment);
        var planned = manifest.PlannedSteps ?? ExperimentPlan.Of(WithPathsOf(manifest, before)).Steps;
        if (ExperimentPlan.Of(WithPathsOf(manifest, experiment)).Steps is var steps && steps < planned)
        {
            throw ExperimentPlan.Refusal("training", FormattableString.Invariant(
                $"found {steps} steps, and the run was to have {planned}; a run that is gone on with can be made longer, not shorter"));
        }
        var isComplete = status == RunStatus.Finished && steps == planned;
        // Of the finished runs of a large study, all those would not fit into memory.
        var checkpoint = isComplete ? null : directory.Checkpoints.Newest(announce)?.Checkpoint;
        if (checkpoint is null && status == RunStatus.Finished && !isComplete)
            throw new RunException($"{directory.Path} is finished and has no checkpoint to go on from. Run its config.json anew.");
        if (checkpoint is not null) CheckpointKeeper.RequireExperiment(checkpoint, experiment);
        return new StoppedRun(directory, manifest, status, WithPathsOf(manifest, experiment), checkpoint)
        {
            IsComplete = isComplete,
            Config = experiment == before ? null : ExperimentWriter.ToJson(experiment),
        };
    }

    /// <summary>What is otherwise here and now than it was, and numbers may depend on: each in a sentence.</summary>
    public IEnumerable<string> DifferencesNow(PreparedExperiment prepared) => RunManifests.Of(prepared, null, Manifest.Start).DifferencesFrom(Manifest);

    /// <exception cref="DataException">They are not those that the run was on.</exception>
    internal void RequireData(DataSet data)
    {
        if (data.Checksum == Manifest.DataChecksum) return;
        throw new DataException(
            $"{data.Origin} holds other data than the run was on: their SHA-256 is {data.Checksum}, and was {Manifest.DataChecksum} (manifest.json). Put those back.");
    }

    /// <summary>What the manifest says from here on.</summary>
    internal RunManifest Resumed(PreparedExperiment prepared)
    {
        var now = DateTimeOffset.UtcNow;
        return RunManifests.Of(prepared, null, now) with
        {
            Variant = Manifest.Variant,
            Study = Manifest.Study,
            Grid = Manifest.Grid,
            Start = Manifest.Start,
            WorkingDirectory = Manifest.WorkingDirectory,
            Earlier = [.. Manifest.Earlier, RunPart.Of(Manifest, Status)],
            Resumed = new RunResumption(now, StepOf(Checkpoint)),
            Steps = Manifest.Steps,
        };
    }

    private static long StepOf(SafetensorsFile? checkpoint) => checkpoint is null ? 0 : TrainingState.StepOf(checkpoint.Tensors);

    /// <summary>As it is configured.</summary>
    /// <exception cref="RunException">Its files can't be read.</exception>
    internal static Experiment ExperimentOf(RunDirectory directory) => WithPathsOf(directory.ReadManifest(), Load(directory, []));

    private static Experiment Load(RunDirectory directory, IReadOnlyList<string> keys)
    {
        try
        {
            return ExperimentLoader.Parse(directory.ConfigFile, File.ReadAllText(directory.ConfigFile), keys);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{directory.ConfigFile} can't be read: {e.Message}", e);
        }
    }

    private static Experiment WithPathsOf(RunManifest manifest, Experiment experiment) =>
        manifest.WorkingDirectory is { } start ? WithPathsFrom(start, experiment) : experiment;

    /// <summary>The experiment of a run that was started in another folder.</summary>
    internal static Experiment WithPathsFrom(string folder, Experiment experiment)
    {
        var (data, model) = (experiment.Data, experiment.Model);
        if (data.Path is { } path) data = data with { Path = Path.GetFullPath(path, folder) };
        if (model.Init.Path is { } weights) model = model with { Init = model.Init with { Path = Path.GetFullPath(weights, folder) } };
        return experiment with { Data = data, Model = model };
    }

    private static void RequireSameButLength(Experiment before, Experiment now)
    {
        var sameLength = now with { Training = now.Training with { Epochs = before.Training.Epochs, Steps = before.Training.Steps } };
        if (sameLength == before) return;
        var was = ExperimentSettings.Given(before).ToHashSet();
        var other = ExperimentSettings.Given(sameLength).FirstOrDefault(setting => !was.Contains(setting)).Path ?? "members";
        throw ExperimentPlan.Refusal(
            other, "a run that is gone on with keeps its experiment; allowed: training:epochs and training:steps, to make it longer");
    }
}
