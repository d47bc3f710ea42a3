using System.Globalization;
using GradTorch.Cli.Output;
using GradTorch.Studies;
using GradTorch.Training;

namespace GradTorch.Cli.Progress;

/// <summary>What is said of a run, piece by piece, in the live display and in plain lines alike.</summary>
internal static class RunLines
{
    public static string Title(RunState state)
    {
        var overview = state.Overview;
        var place = overview.Variant is { } variant ? $"{Place(variant)}: " : "";
        return $"{overview.Experiment.Name}: {place}{NumberText.Plural(overview.Seeds.Count, "member")} of "
            + $"{NumberText.Plural(overview.Parameters, "parameter")}, {NumberText.Plural(overview.Layers.Count, "layer")}, "
            + $"on {overview.Manifest.Device}";
    }

    public static string Place(VariantPlace variant) => variant.Count == 1
        ? $"variant {variant.Name}"
        : $"variant {NumberText.Count(variant.Number)} of {NumberText.Count(variant.Count)}, {variant.Name}";

    public static string Steps(RunState state, Pace pace)
    {
        var text = $"step {NumberText.Count(pace.StepsDone)}/{NumberText.Count(state.Overview.Plan.Steps)}";
        if (pace.StepsPerSecond > 0) text += $"  {NumberText.General(pace.StepsPerSecond)} steps/s";
        return pace.Left is { } left ? $"{text}  {NumberText.Duration(left)} left" : text;
    }

    /// <summary>Before the first flush, when there will be something.</summary>
    public static string Training(RunState state) =>
        state.ScalarStep is null
            ? $"loss and gradients come every {NumberText.Plural(state.Overview.Plan.Flush, "step")} (gradients:flush)"
            : $"loss {state.Loss.ToText(NumberText.General)}{Accuracy(state.Accuracy)}";

    /// <summary>Empty before the first evaluation.</summary>
    public static string Test(RunState state)
    {
        if (state.Evaluation is not { } evaluation) return "";
        var loss = Spread.Of(state.Members.Select(member => evaluation.Losses[member]));
        Spread? accuracy = evaluation.Accuracies is { } accuracies
            ? Spread.Of(state.Members.Select(member => accuracies[member]))
            : null;
        return $"{evaluation.Split} loss {loss.ToText(NumberText.General)}{Accuracy(accuracy)}";
    }

    private static string Accuracy(Spread? accuracy) =>
        accuracy is { } spread ? $"  accuracy {spread.ToText(NumberText.Percent)}" : "";

    /// <summary>Empty while none has.</summary>
    public static string Diverged(RunState state)
    {
        if (state.Diverged.IsEmpty) return "";
        var last = state.Diverged[^1];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Diverged.Count} of {state.Overview.Seeds.Count} members diverged, the last: member {last.Member} at step {last.Step} in {Divergence.Place(last.Layer, last.Timestep)}");
    }
}
