using System.Diagnostics;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Cli.Bench;

/// <summary>An experiment as <c>run</c> trains it: its data, trainer, optimiser and records, which go nowhere.</summary>
internal sealed class ExperimentContestant(Experiment experiment) : Contestant, ITrainingObserver
{
    private readonly PreparedExperiment _prepared = PreparedExperiment.Of(experiment);

    public override double Run(int steps)
    {
        set_num_threads(_prepared.Threads.Count);
        var (training, backend) = (experiment.Training, TorchBackend.Current);
        double[] rates = [.. _prepared.Members.Select(member => member.Alone.Training.Optimizer.Lr)];
        using var optimizer = OptimizerRegistry.Find(training.Optimizer.Kind).Create(training.Optimizer, _prepared.Model.Parameters, backend);
        using var trainer = new Trainer(
            _prepared.Model, _prepared.Loss, _prepared.Data, _prepared.Order, optimizer,
            ScheduleRegistry.Create(training.Schedule, rates, steps), clip: null,
            _prepared.Plan with { Steps = steps, EvaluateEvery = 0 }, backend, this);
        Wait();
        var clock = Stopwatch.StartNew();
        trainer.Run(CancellationToken.None);
        Wait();
        return clock.Elapsed.TotalSeconds;
    }

    public override void Dispose() => _prepared.Dispose();

    public void Recorded(TrainingRecord record)
    {
    }

    public void Evaluated(Evaluation evaluation)
    {
    }

    public void Diverged(Divergence divergence) =>
        throw new InvalidOperationException($"the network of a benchmark diverged: {divergence}");

    private void Wait()
    {
        if (_prepared.Device.type == TorchSharp.DeviceType.CUDA) cuda.synchronize(_prepared.Device);
    }
}
