using GradTorch.Backends;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>The trainer of a prepared experiment, with the optimiser, schedule and clipping of its own.</summary>
internal sealed class PreparedTraining : IDisposable
{
    private readonly Optimizer _optimizer;
    private readonly GradientClip? _clip;

    /// <param name="plan">How much of the experiment's training is done, and what is recorded of it: schedules go by the whole.</param>
    public PreparedTraining(PreparedExperiment prepared, TrainingPlan plan, ITrainingObserver observer)
    {
        var (section, model, backend) = (prepared.Experiment.Training, prepared.Model, TorchBackend.Current);
        double[] rates = [.. prepared.Members.Select(member => member.Alone.Training.Optimizer.Lr)];
        double[] thresholds = [.. prepared.Members.Select(member => member.Alone.Training.Clip.Threshold)];
        var schedule = ScheduleRegistry.Create(section.Schedule, rates, prepared.Plan.Steps);
        _optimizer = OptimizerRegistry.Find(section.Optimizer.Kind).Create(section.Optimizer, model.Parameters, backend);
        _clip = ClipRegistry.Find(section.Clip.Kind).Create(section.Clip, thresholds, model, backend);
        Trainer = new Trainer(
            model, prepared.Loss, prepared.Data, prepared.Order, _optimizer, schedule, _clip, plan, backend, observer, prepared.Regulariser);
    }

    public Trainer Trainer { get; }

    public void Dispose()
    {
        Trainer.Dispose();
        _clip?.Dispose();
        _optimizer.Dispose();
    }
}
