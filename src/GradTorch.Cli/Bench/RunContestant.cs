using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Training;

namespace GradTorch.Cli.Bench;

/// <summary>An experiment as <c>run</c> trains it, into a run directory that is removed afterwards: with evaluations, its database and its
/// checkpoints.</summary>
internal sealed class RunContestant(Experiment experiment) : Contestant
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("gradtorch-bench-");

    public override double Run(int steps)
    {
        using var prepared = PreparedExperiment.Of(experiment with
        {
            Output = _scratch.FullName, Training = experiment.Training with { Epochs = null, Steps = steps },
        });
        return ExperimentRunner.Run(prepared, new Silence(), CancellationToken.None).Elapsed.TotalSeconds;
    }

    public override void Dispose() => _scratch.Delete(recursive: true);

    private sealed class Silence : IRunListener
    {
        public void Started(RunOverview overview)
        {
        }

        public void Recorded(TrainingRecord record)
        {
        }

        public void Evaluated(Evaluation evaluation)
        {
        }

        public void Diverged(Divergence divergence) =>
            throw new InvalidOperationException($"the network of a benchmark diverged: {divergence}");

        public void Ended(RunOutcome outcome)
        {
        }
    }
}
