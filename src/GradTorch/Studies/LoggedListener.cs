using GradTorch.Runs;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>Writes what happens into the run's log before the listener hears of it.</summary>
internal sealed class LoggedListener(IRunListener listener, RunLog log) : IRunListener
{
    public void Started(RunOverview overview)
    {
        log.Write(FormattableString.Invariant(
            $"{overview.Seeds.Count} members of {overview.Parameters} parameters, {overview.Plan.Steps} steps"));
        listener.Started(overview);
    }

    public void Recorded(TrainingRecord record) => listener.Recorded(record);

    public void Evaluated(Evaluation evaluation)
    {
        log.Write(FormattableString.Invariant(
            $"step {evaluation.Step}: {evaluation.Split} loss {string.Join(" ", evaluation.Losses.Select(Number))}{Accuracy(evaluation)}"));
        listener.Evaluated(evaluation);
    }

    public void Diverged(Divergence divergence)
    {
        log.Write(FormattableString.Invariant(
            $"member {divergence.Member} diverged at step {divergence.Step} in {Divergence.Place(divergence.Layer, divergence.Timestep)}; the others go on"));
        listener.Diverged(divergence);
    }

    public void Ended(RunOutcome outcome)
    {
        log.Write(FormattableString.Invariant($"{outcome.Exit} after {outcome.Steps} steps in {outcome.Elapsed.TotalSeconds:F1} s"));
        listener.Ended(outcome);
    }

    private static string Accuracy(Evaluation evaluation) =>
        evaluation.Accuracies is { } accuracies ? $", accuracy {string.Join(" ", accuracies.Select(Number))}" : "";

    private static string Number(double value) => FormattableString.Invariant($"{value:G6}");
}
