using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Training;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The outcome of a run as people read it.</summary>
internal static class RunView
{
    /// <summary>Diverged members that are named one by one.</summary>
    private const int MostNamed = 10;

    public static void Show(TrainedRun run, Screen screen)
    {
        if (run.Summary.Layers is { } layers) Show(layers, screen);
        foreach (var layer in run.Summary.Timesteps?.Layers ?? []) TimestepView.Show(layer, screen);
        if (run.Summary.Layers is { } profile)
            screen.Line($"first record: step {NumberText.Count(profile.FirstStep)}, last record: step {NumberText.Count(profile.LastStep)}");
        if (run.Summary is { Layers: { } names, Measured: { } measured })
        {
            MeasureView.Show(
                [.. names.Layers.Select(layer => layer.Name)], [.. measured.Measures.Select(measure => (measure.Layer, measure.Name, measure.Last))],
                [.. measured.Exponents.Select(exponent => (exponent.Layer, exponent.Exponent, exponent.Last))], screen);
        }
        if (run.Summary.Verdicts is { } verdicts) VerdictView.Show(verdicts, run.Theory, screen);
        MemberGroupView.Show(run.Summary, screen);
        foreach (var line in Outcome(run.Outcome, run.Planned.Plan.Steps, run.Summary)) screen.Line(line);
    }

    private static void Show(LayerProfile profile, Screen screen)
    {
        var table = TableStyle.OfNumbers(
            "layer", "‖∂L/∂W‖\nfirst", "‖∂L/∂W‖\nlast", "last by\nfirst", "‖δ‖\nfirst", "‖δ‖\nlast", "gain of\nweights", "gain of\nactivation", "zero δ\nlast", "sat\nlast");
        var gains = SplitGain.OfLayers(profile.Layers.Select(layer => layer.Last));
        foreach (var index in LayerSelection.Of(profile.Layers.Count))
        {
            var layer = profile.Layers[index];
            table.AddRow(
                layer.Name, Norm(layer.First, LayerQuantity.WeightGradient), Norm(layer.Last, LayerQuantity.WeightGradient),
                NumberText.ScientificOrDash(layer.Ratio(LayerQuantity.WeightGradient)),
                Norm(layer.First, LayerQuantity.PreactivationGradient), Norm(layer.Last, LayerQuantity.PreactivationGradient),
                GainText.OfWeights(gains, index), GainText.OfActivation(gains, index),
                NumberText.Percent(layer.Last[(int)LayerQuantity.ZeroGradient]),
                NumberText.Percent(layer.Last[(int)LayerQuantity.Saturated]));
        }
        screen.ShowWhole(table);
        if (profile.HiddenRatio(LayerQuantity.WeightGradient) is not { } weight
            || profile.HiddenRatio(LayerQuantity.PreactivationGradient) is not { } preactivation)
        {
            return;
        }
        screen.ShowWhole(TableStyle.OfRatios(
            $"{profile.FirstHidden.Name} by {profile.LastHidden.Name}", ("‖∂L/∂W‖", weight), ("‖δ‖", preactivation)));
    }

    private static string Norm(IReadOnlyList<double> quantities, LayerQuantity quantity) =>
        NumberText.Scientific(quantities[(int)quantity]);

    private static IEnumerable<string> Outcome(RunOutcome outcome, long plannedSteps, RunSummary summary)
    {
        var tests = summary.Tests.ToList();
        if (tests.Count > 0)
        {
            var step = NumberText.Count(tests.Max(test => test.Step));
            var loss = Spread.Of(tests.Select(test => test.Loss));
            double[] accuracies = [.. tests.Select(test => test.Accuracy).OfType<double>()];
            var accuracy = accuracies.Length == 0 ? "" : $", accuracy {Spread.Of(accuracies).ToText(NumberText.Percent)}";
            yield return $"test after {step} steps: loss {loss.ToText(NumberText.General)}{accuracy}";
        }
        foreach (var line in Diverged(summary)) yield return line;
        var since = outcome.FirstStep > 0 ? $", those from step {NumberText.Count(outcome.FirstStep)} on" : "";
        var steps = $"{NumberText.Count(outcome.Steps)} of {NumberText.Count(plannedSteps)} steps{since} in {NumberText.Duration(outcome.Elapsed)}, {NumberText.General(outcome.Rate)} steps/s";
        yield return outcome.Exit == RunExit.Interrupted ? $"interrupted: {steps}; all is saved" : steps;
        yield return $"run directory: {outcome.Directory.Path}";
        if (outcome.Exit == RunExit.Interrupted) yield return $"to go on: gradtorch resume {outcome.Directory.Path}";
    }

    private static IEnumerable<string> Diverged(RunSummary summary)
    {
        var diverged = summary.Members.Select(member => member.Row).Where(row => row.Status == MemberStatus.Diverged).ToList();
        foreach (var row in diverged.Take(MostNamed))
            yield return FormattableString.Invariant(
                $"member {row.Member} (seed {row.Seed}) diverged at step {row.DivergedStep} in {Divergence.Place(row.DivergedLayer, row.DivergedTimestep)}");
        if (diverged.Count > MostNamed) yield return $"and {NumberText.Count(diverged.Count - MostNamed)} more members diverged";
    }
}
