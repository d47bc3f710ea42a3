using GradTorch.Training;

namespace GradTorch.Studies.Maps;

/// <summary>Trains the networks of a batch for some steps of their experiment, as a run does, and keeps of it only which
/// diverged.</summary>
internal sealed class MapTraining : ITrainingObserver
{
    private readonly Dictionary<int, long> _diverged = [];

    private MapTraining()
    {
    }

    /// <summary>Does the first steps of the training. The next batch is then that of the step after.</summary>
    /// <returns>The update that each member could not do, null where there is none; null in all if it was cancelled before the end.</returns>
    public static IReadOnlyList<long?>? Run(PreparedExperiment prepared, long steps, CancellationToken cancellation)
    {
        var evaluates = ScheduleRegistry.Find(prepared.Experiment.Training.Schedule.Kind).NeedsEvaluations;
        var plan = prepared.Plan with { Steps = steps, RecordEvery = 0, EvaluateEvery = evaluates ? prepared.Plan.EvaluateEvery : 0, Measure = [] };
        var watch = new MapTraining();
        using var training = new PreparedTraining(prepared, plan, watch);
        var done = training.Trainer.Run(cancellation);
        if (done < steps && watch._diverged.Count < prepared.Members.Count) return null;
        return [.. prepared.Members.Select(member => watch._diverged.TryGetValue(member.Index, out var step) ? step : (long?)null)];
    }

    public void Diverged(Divergence divergence) => _diverged.Add(divergence.Member, divergence.Step);

    public void Recorded(TrainingRecord record)
    {
    }

    public void Evaluated(Evaluation evaluation)
    {
    }
}
