using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Training;

namespace GradTorch.Benchmarks;

/// <summary>An experiment's own trainer, in portions of steps; what it records goes nowhere.</summary>
internal sealed class TrainerSteps(Experiment experiment) : ITrainingObserver, IDisposable
{
    private readonly PreparedExperiment _prepared = PreparedExperiment.Of(experiment);

    public double Run(int steps)
    {
        var section = experiment.Training.Optimizer;
        using var optimizer = OptimizerRegistry.Find(section.Kind)
            .Create(section, _prepared.Model.Parameters, TorchBackend.Current);
        var plan = _prepared.Plan with { Steps = steps, EvaluateEvery = 0 };
        double[] rates = [.. _prepared.Members.Select(member => member.Alone.Training.Optimizer.Lr)];
        using var clip = ClipRegistry.Find(experiment.Training.Clip.Kind).Create(
            experiment.Training.Clip, [.. _prepared.Members.Select(member => member.Alone.Training.Clip.Threshold)],
            _prepared.Model, TorchBackend.Current);
        using var trainer = new Trainer(
            _prepared.Model, _prepared.Loss, _prepared.Data, _prepared.Order, optimizer,
            ScheduleRegistry.Create(experiment.Training.Schedule, rates, steps), clip, plan, TorchBackend.Current, this);
        return Rounds.Time(_prepared.Device, () => trainer.Run(CancellationToken.None));
    }

    public void Recorded(TrainingRecord record)
    {
    }

    public void Evaluated(Evaluation evaluation)
    {
    }

    public void Diverged(Divergence divergence) =>
        throw new InvalidOperationException($"the benchmark's network diverged: {divergence}");

    public void Dispose() => _prepared.Dispose();
}
