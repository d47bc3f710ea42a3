using System.Diagnostics;
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
        using var training = new PreparedTraining(_prepared, _prepared.Plan with { Steps = steps, EvaluateEvery = 0 }, this);
        Wait();
        var clock = Stopwatch.StartNew();
        training.Trainer.Run(CancellationToken.None);
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
