using GradTorch.Analysis.Verification;
using GradTorch.Runs;

namespace GradTorch.Studies;

/// <summary>Repeats a run in a scratch folder, and compares what both recorded and their weights.</summary>
public sealed class RunVerification
{
    private readonly RunDirectory _original;
    private readonly StoppedRun _run;
    private readonly long? _limit;

    private RunVerification(RunDirectory original, StoppedRun run, long? limit) => (_original, _run, _limit) = (original, run, limit);

    /// <summary>Updates that are repeated.</summary>
    public long Steps => _limit ?? _run.Manifest.Steps!.Value;

    /// <summary>Whether weights are compared, too: there is a checkpoint of the last update that is repeated.</summary>
    public bool HasWeights => _original.Checkpoints.Steps.Contains(Steps);

    /// <param name="steps">How many updates to repeat at most; null for all that there are.</param>
    /// <exception cref="RunException">It is running, or its files can't be read, or nothing of it was recorded.</exception>
    public static RunVerification Of(RunDirectory original, long? steps)
    {
        var run = StoppedRun.Open(original, []);
        if (run.Status == RunStatus.Finished && run.Manifest.Steps is { } done && (steps ?? done) >= done) return new RunVerification(original, run, null);
        // Of a run that did not come to its end, as far as its last checkpoint all is there.
        var recorded = original.Checkpoints.Steps is [var last, ..]
            ? last : RunDatabaseReader.Read(original.DatabaseFile, database => database.LastStep()) + 1 ?? 0;
        var limit = Math.Min(steps ?? long.MaxValue, recorded);
        return limit > 0 ? new RunVerification(original, run, limit)
            : throw new RunException($"Nothing of {original.Path} was recorded that could be verified. Resume it first.");
    }

    /// <summary>What is otherwise here than where the run was, and numbers may depend on.</summary>
    public IReadOnlyList<string> Surroundings { get; private set; } = [];

    /// <returns>Null if it was cancelled.</returns>
    public Differences? Run(IRunListener listener, Action<string>? announce, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("gradtorch-verify-");
        try
        {
            return Repeat(scratch.FullName, listener, announce, cancellation) is { } repeated ? Compare(repeated) : null;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>A run that was made longer is repeated as it was: first as long as it was to be, then longer. Schedules depend on it.</summary>
    /// <returns>Null if it was cancelled.</returns>
    private RunDirectory? Repeat(string scratch, IRunListener listener, Action<string>? announce, CancellationToken cancellation)
    {
        RunDirectory? repeated = null;
        foreach (var (planned, until) in Lengths())
        {
            var experiment = _run.Experiment with
            {
                Output = scratch, Training = _run.Experiment.Training with { Epochs = null, Steps = checked((int)planned) },
            };
            using var prepared = PreparedExperiment.Of(experiment, announce);
            _run.RequireData(prepared.Data);
            Surroundings = [.. _run.DifferencesNow(prepared)];
            var outcome = repeated is null
                ? ExperimentRunner.Run(prepared, listener, cancellation, null, limit: until)
                : ExperimentRunner.Resume(prepared, StoppedRun.Open(repeated, ["--training:steps", FormattableString.Invariant($"{planned}")]), listener, cancellation, limit: until);
            repeated = outcome.Directory;
            if (cancellation.IsCancellationRequested) return null;
        }
        return repeated;
    }

    /// <summary>How many updates were planned, one after the other, and how many of them were done by then.</summary>
    private IEnumerable<(long Planned, long? Until)> Lengths()
    {
        var manifest = _run.Manifest;
        (long Planned, long First)[] parts =
        [
            .. manifest.Earlier.Select(part => (part.PlannedSteps ?? 0, part.FirstStep)),
            (manifest.PlannedSteps ?? ExperimentPlan.Of(_run.Experiment).Steps, manifest.Resumed?.Step ?? 0),
        ];
        for (var index = 0; index < parts.Length; index++)
        {
            var isLast = index == parts.Length - 1;
            if (!isLast && (parts[index + 1].Planned == parts[index].Planned || parts[index + 1].First == 0)) continue;
            var until = isLast ? _limit : parts[index + 1].First;
            if (until >= _limit) until = _limit;
            yield return (parts[index].Planned, until);
            if (until is not null && until == _limit) yield break;
        }
    }

    private Differences Compare(RunDirectory repeated)
    {
        var differences = RecordComparison.Of(_original, repeated, _limit);
        if (HasWeights) StateComparison.Add(_original, repeated, Steps, differences);
        return differences;
    }
}
