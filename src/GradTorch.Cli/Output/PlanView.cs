using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>What an experiment amounts to, line by line.</summary>
internal static class PlanView
{
    public static IEnumerable<(string Name, string Value)> Of(Experiment experiment, ExperimentPlan plan)
    {
        var (model, training) = (experiment.Model, experiment.Training);
        yield return ("name", plan.Name);
        yield return ("output", Path.Combine(experiment.Output, plan.Name));
        yield return ("members", $"{NumberText.Count(plan.Seeds.Count)}, {SeedsOf(plan.Seeds)}");
        yield return ("model", Invariant(
            $"{plan.Model}, {NumberText.Plural(model.Depth, "hidden layer")} of {model.Width}, {model.Activation.Forward}, {model.Init.Kind}"));
        yield return ("parameters", NumberText.Count(plan.Parameters) + (plan.Seeds.Count > 1 ? " in each member" : ""));
        yield return ("data", DataOf(plan));
        yield return ("batches", $"{NumberText.Count(plan.BatchesPerEpoch)} of {NumberText.Count(experiment.Data.Batch)} in an epoch");
        yield return ("training", Invariant(
            $"{training.Optimizer.Kind}, learning rate {training.Optimizer.Lr}, {plan.Loss}"));
        yield return ("steps", Invariant(
            $"{NumberText.Count(plan.Steps)} ({(double)plan.Steps / plan.BatchesPerEpoch:0.##} epochs)"));
        yield return ("records", plan.Records == 0
            ? "none (gradients:every is 0)"
            : $"{NumberText.Count(plan.Records)} of {NumberText.Plural(plan.Layers, "layer")}, one every {NumberText.Plural(experiment.Gradients.Every, "step")}");
        yield return ("device", Invariant(
            $"{experiment.Device}, {JsonName(experiment.Precision)}, denormals {JsonName(experiment.Denormals)}, {NumberText.Plural(experiment.Threads, "thread")}"));
        yield return ("memory", $"about {NumberText.Bytes(plan.MemoryBytes)} on the device, beside libtorch itself");
    }

    private static string DataOf(ExperimentPlan plan)
    {
        var shape = plan.DataShape;
        var inputs = shape.IsSequence
            ? $"{NumberText.Plural(shape.Timesteps, "timestep")} of {NumberText.Plural(shape.Features, "feature")}"
            : NumberText.Plural(shape.Features, "feature");
        var target = shape.Target switch
        {
            TargetKind.Real => NumberText.Plural(shape.Outputs, "real number"),
            TargetKind.Class => $"{NumberText.Count(shape.Outputs)} classes",
            _ => $"{NumberText.Count(shape.Outputs)} classes at every timestep",
        };
        return $"{plan.Data}, {NumberText.Count(shape.Train)} to train and {NumberText.Count(shape.Test)} to test, {inputs}, {target}";
    }

    private static string SeedsOf(IReadOnlyList<long> seeds) => Invariant(
        seeds.Count == 1 ? $"seed {seeds[0]}" : (FormattableString)$"seeds {seeds[0]} to {seeds[^1]}");

    private static string JsonName<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
