using System.Globalization;
using GradTorch.Cli.Progress;
using GradTorch.Cli.Terminals;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Output;

/// <summary>What an experiment amounts to, line by line.</summary>
internal static class PlanView
{
    /// <summary>Runs of a grid that are shown one by one.</summary>
    private const int Most = 20;

    public static void Show(StudyPlan study, Screen screen)
    {
        if (study.Grid.Count > 0 && study.Runs.Count > Most)
        {
            screen.Show(TableStyle.OfPairs(GridPlan.Of(study)));
            screen.Line(Total(study));
            return;
        }
        foreach (var run in study.Runs)
        {
            if (run.Variant is { } variant) screen.Show(RunLines.Place(variant), "bold", "");
            screen.Show(TableStyle.OfPairs(Of(run)));
            if (study.Runs.Count > 1) screen.Line();
        }
        if (study.Runs.Count > 1) screen.Line(Total(study));
    }

    private static string Total(StudyPlan study)
    {
        var plans = study.Runs.Select(run => run.Plan).ToList();
        return $"in all {NumberText.Plural(plans.Count, "variant")}, one after another: "
            + $"{NumberText.Plural(plans.Sum(plan => plan.Members), "member")}, {NumberText.Plural(plans.Sum(plan => plan.Steps), "step")}, "
            + $"at most about {NumberText.Bytes(plans.Max(plan => plan.MemoryBytes))} on the device at once";
    }

    private static IEnumerable<(string Name, string Value)> Of(PlannedRun run)
    {
        var (experiment, plan) = (run.Experiment, run.Plan);
        var (model, training) = (experiment.Model, experiment.Training);
        yield return ("name", plan.Name);
        yield return ("output", RunDirectory.ParentOf(experiment.Output, plan.Name, run.Variant?.Name));
        yield return ("members", $"{NumberText.Count(plan.Members)}, {SeedsOf(plan.Seeds)}");
        foreach (var key in plan.Varied)
            yield return ("", $"{key.Path} {string.Join(", ", key.Values.Select(value => Invariant($"{value}")))}");
        if (plan.Varied.Count > 0)
            yield return ("", $"{JsonName(plan.Combine)}: {NumberText.Plural(plan.Members / plan.Seeds.Count, "combination")}, each with {NumberText.Plural(plan.Seeds.Count, "seed")}");
        var activation = ExperimentSettings.IsUsed(experiment, "model:activation:forward") ? $", {model.Activation.Forward}" : "";
        yield return ("model", Invariant(
            $"{plan.Model}, {NumberText.Plural(model.Depth, "hidden layer")} of {model.Width}{activation}, {model.Init.Kind}"));
        yield return ("parameters", NumberText.Count(plan.Parameters) + (plan.Members > 1 ? " in each member" : ""));
        yield return ("data", DataOf(plan));
        yield return ("batches", $"{NumberText.Count(plan.BatchesPerEpoch)} of {NumberText.Count(experiment.Data.Batch)} in an epoch");
        yield return ("training", Invariant(
            $"{training.Optimizer.Kind}, {LearningRate(experiment)}, {plan.Loss}"));
        var epochs = (double)plan.Steps / plan.BatchesPerEpoch;
        yield return ("steps", Invariant($"{NumberText.Count(plan.Steps)} ({epochs:0.##} {(epochs == 1 ? "epoch" : "epochs")})"));
        yield return ("records", plan.Records == 0
            ? "none (gradients:every is 0)"
            : $"{NumberText.Count(plan.Records)} of {RecordOf(plan)}, one every {NumberText.Plural(experiment.Gradients.Every, "step")}");
        if (plan.Measured is { Names.Count: > 0 } measured)
        {
            yield return ("measured", $"{string.Join(", ", measured.Names)}: {NumberText.Bytes(measured.RecordBytes)} more in each record of a member");
            yield return ("", Invariant(
                $"a recorded step takes as long as about {measured.Steps:0.#} more (small layers on a CPU), and training {1 + measured.Steps / experiment.Gradients.Every:0.##} times as long"));
        }
        yield return ("device", Invariant(
            $"{experiment.Device}, {JsonName(experiment.Precision)}, denormals {JsonName(experiment.Denormals)}"));
        yield return ("threads", Invariant($"{NumberText.Count(plan.Threads.Count)}: {plan.Threads.Reason}"));
        yield return ("memory", $"about {NumberText.Bytes(plan.MemoryBytes)} on the device, beside libtorch itself");
        if (IsTooMuch(experiment, plan))
            yield return ("", $"too much: this machine has {NumberText.Bytes(HostMemory.Available)}, and run refuses it{(experiment.Device == "auto" ? " without a GPU" : "")}");
        yield return ("given", string.Join(", ", ExperimentSettings.Given(experiment)
            .Where(key => key.Path is not ("name" or "output")).Select(key => $"{key.Path} {key.Value}").DefaultIfEmpty("nothing: all is at its default")));
    }

    /// <summary>What run would refuse. A CUDA device is not asked here.</summary>
    private static bool IsTooMuch(Experiment experiment, ExperimentPlan plan) =>
        !experiment.Device.StartsWith("cuda", StringComparison.Ordinal) && plan.MemoryBytes > HostMemory.Available;

    /// <summary>Where members vary it, their values stand with the members.</summary>
    private static string LearningRate(Experiment experiment)
    {
        double[] rates = [.. experiment.Combinations().Select(combination => combination.Training.Optimizer.Lr).Distinct()];
        return rates is [var only] ? Invariant($"learning rate {only}") : "learning rate by member";
    }

    private static string RecordOf(ExperimentPlan plan) => NumberText.Plural(plan.Layers, "layer")
        + (plan.Timesteps == 0 ? "" : $" and {NumberText.Plural(plan.Timesteps, "timestep")} of each recurrent one");

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
