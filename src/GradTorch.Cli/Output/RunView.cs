using GradTorch.Analysis;
using GradTorch.Cli.Terminals;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using Spectre.Console;

namespace GradTorch.Cli.Output;

/// <summary>The outcome of a run as people read it.</summary>
internal static class RunView
{
    /// <summary>Diverged members that are named one by one.</summary>
    private const int MostNamed = 10;

    public static void Show(RunOutcome outcome, long plannedSteps, RunSummary summary, Screen screen)
    {
        if (summary.Layers is { } layers) Show(layers, screen);
        foreach (var line in Outcome(outcome, plannedSteps, summary)) screen.Line(line);
    }

    private static void Show(LayerProfile profile, Screen screen)
    {
        var (first, last) = (StepText(profile.FirstStep), StepText(profile.LastStep));
        var table = TableStyle.OfNumbers(
            "layer", $"‖∂L/∂W‖\n{first}", $"‖∂L/∂W‖\n{last}", "last/\nfirst", $"‖δ‖\n{first}", $"‖δ‖\n{last}",
            $"zero δ\n{last}", $"saturated\n{last}");
        foreach (var layer in LayerSelection.Of(profile.Layers.Count).Select(index => profile.Layers[index]))
        {
            table.AddRow(
                layer.Name, Norm(layer.First, LayerQuantity.WeightGradient), Norm(layer.Last, LayerQuantity.WeightGradient),
                NumberText.Scientific(layer.Ratio(LayerQuantity.WeightGradient)),
                Norm(layer.First, LayerQuantity.PreactivationGradient), Norm(layer.Last, LayerQuantity.PreactivationGradient),
                NumberText.Percent(layer.Last[(int)LayerQuantity.ZeroGradient]),
                NumberText.Percent(layer.Last[(int)LayerQuantity.Saturated]));
        }
        screen.Console.Write(table);
        var ratio = TableStyle.OfNumbers($"{profile.FirstHidden.Name} / {profile.LastHidden.Name}", first, last);
        AddRatio(ratio, "‖∂L/∂W‖", profile.HiddenRatio(LayerQuantity.WeightGradient));
        AddRatio(ratio, "‖δ‖", profile.HiddenRatio(LayerQuantity.PreactivationGradient));
        screen.Console.Write(ratio);
    }

    private static void AddRatio(Table table, string name, (double First, double Last) ratio) =>
        table.AddRow(name, NumberText.Scientific(ratio.First), NumberText.Scientific(ratio.Last));

    private static string Norm(IReadOnlyList<double> quantities, LayerQuantity quantity) =>
        NumberText.Scientific(quantities[(int)quantity]);

    private static string StepText(long step) => "step " + NumberText.Count(step);

    private static IEnumerable<string> Outcome(RunOutcome outcome, long plannedSteps, RunSummary summary)
    {
        var finite = summary.Members.Where(member => member.Row.Status != MemberStatus.Diverged && member.Test is not null).ToList();
        if (finite.Count > 0)
        {
            var step = NumberText.Count(finite.Max(member => member.Test!.Value.Step));
            var loss = Spread.Of(finite.Select(member => member.Test!.Value.Loss));
            var accuracy = Spread.Of(finite.Select(member => member.Test!.Value.Accuracy));
            yield return $"test after {step} steps: loss {loss.ToText(NumberText.General)}, accuracy {accuracy.ToText(NumberText.Percent)}";
        }
        foreach (var line in Diverged(summary)) yield return line;
        var rate = NumberText.General(outcome.Steps / outcome.Elapsed.TotalSeconds);
        var steps = $"{NumberText.Count(outcome.Steps)} of {NumberText.Count(plannedSteps)} steps in {NumberText.Duration(outcome.Elapsed)}, {rate} steps/s";
        yield return outcome.Exit == RunExit.Interrupted ? $"interrupted: {steps}; what was recorded is saved" : steps;
        yield return $"run directory: {outcome.Directory.Path}";
    }

    private static IEnumerable<string> Diverged(RunSummary summary)
    {
        var diverged = summary.Members.Select(member => member.Row).Where(row => row.Status == MemberStatus.Diverged).ToList();
        foreach (var row in diverged.Take(MostNamed))
            yield return FormattableString.Invariant(
                $"member {row.Member} (seed {row.Seed}) diverged at step {row.DivergedStep} in layer {row.DivergedLayer}");
        if (diverged.Count > MostNamed) yield return $"and {NumberText.Count(diverged.Count - MostNamed)} more members diverged";
    }
}
