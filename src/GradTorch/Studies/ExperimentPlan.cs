using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>What an experiment amounts to, known before anything is read or allocated.</summary>
/// <param name="Members">Networks that are trained together: the combinations of what they vary, each with every seed.</param>
/// <param name="Varied">What members vary beside their seeds, and how the lists are combined.</param>
/// <param name="Parameters">Of one member.</param>
/// <param name="BatchesPerEpoch">Complete batches.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Records">Steps at which gradients are recorded.</param>
/// <param name="Layers">Layers in each record: the hidden ones and the output.</param>
/// <param name="Timesteps">Timesteps of each recurrent layer in each record; 0 where there are none.</param>
/// <param name="Measured">What the measurements that it asks for cost.</param>
/// <param name="MemoryBytes">About, on the device: <see cref="ExperimentMemory"/>.</param>
/// <param name="Threads">On the CPU.</param>
public sealed record ExperimentPlan(
    string Name, long Members, IReadOnlyList<long> Seeds, IReadOnlyList<VariedKey> Varied, Combination Combine, string Model,
    string Data, DataShape DataShape, string Loss, long Parameters, long BatchesPerEpoch, long Steps, long Records, int Layers,
    long Timesteps, MeasurementCost Measured, long MemoryBytes, ThreadChoice Threads)
{
    private const long MostMembers = 1_000_000;

    /// <exception cref="ConfigurationException">The data do not fill a batch.</exception>
    /// <exception cref="DataException">The data can't be found or used, as far as that is known before they are read.
    /// </exception>
    public static ExperimentPlan Of(Experiment experiment)
    {
        var data = Check(experiment);
        var section = experiment.Model;
        var entry = ModelRegistry.Find(section.Kind);
        var shape = ModelShape.Of(section, entry.TakesSequences ? data : data.AsVectors());
        var parameters = entry.CountParameters(shape);
        var batches = data.Train / experiment.Data.Batch;
        var plan = TrainingPlan.Of(experiment, batches);
        var records = plan.RecordEvery == 0 ? 0 : (plan.Steps + plan.RecordEvery - 1) / plan.RecordEvery;
        return new ExperimentPlan(
            experiment.Name, MembersOf(experiment), [.. SeedsOf(experiment)], experiment.Members.Vary.Keys,
            experiment.Members.Combine, section.Kind, experiment.Data.Source, data,
            LossRegistry.Find(experiment.Training.Loss, data.Target).Name, parameters, batches, plan.Steps, records,
            section.Depth + 1, shape.Timesteps, MeasurementCost.Of(experiment, shape), ExperimentMemory.Of(experiment, data, shape, plan), ThreadChoice.Of(experiment, shape, parameters, Environment.ProcessorCount));
    }

    /// <summary>Networks that are trained together.</summary>
    internal static long MembersOf(Experiment experiment) => experiment.Members.CombinationCount * experiment.Seeds.Count;

    private static IEnumerable<long> SeedsOf(Experiment experiment) =>
        Enumerable.Range(0, experiment.Seeds.Count).Select(index => experiment.Seeds.First + (long)index);

    /// <summary>What the records alone can't see: whether the sections fit each other and the data.</summary>
    private static DataShape Check(Experiment experiment)
    {
        if (MembersOf(experiment) > MostMembers)
        {
            throw Refusal("seeds:count", string.Create(
                CultureInfo.InvariantCulture,
                $"found {experiment.Seeds.Count} seeds for each of {experiment.Members.CombinationCount} combinations, {MembersOf(experiment)} members in all; allowed: up to {MostMembers} members"));
        }
        var data = DataSourceRegistry.Find(experiment.Data.Source).Shape(experiment.Data);
        if (data.Train < 1 || data.Test < 1)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{experiment.Data.Path} (data:path) holds {data.Train} examples to train and {data.Test} to test; each needs at least one. Give other files."));
        }
        if (experiment.Data.Batch > data.Train)
        {
            throw Refusal("data:batch", string.Create(
                CultureInfo.InvariantCulture,
                $"found {experiment.Data.Batch}, more than the {data.Train} training examples of {experiment.Data.Source}; allowed: 1 to {data.Train}"));
        }
        CheckLoss(experiment, data.Target);
        CheckTime(experiment, data);
        CheckPrecision(experiment);
        CheckRegulariser(experiment);
        CheckMeasurements(experiment);
        InitialiserFit.Check(experiment);
        if (experiment.Data.Batch < 2 && experiment.Model.Norm == "batch")
        {
            throw Refusal("data:batch", string.Create(
                CultureInfo.InvariantCulture,
                $"found {experiment.Data.Batch}, and batch normalisation (model:norm) has no variance of one example; allowed: 2 to {data.Train}"));
        }
        CheckSchedule(experiment, TrainingPlan.Of(experiment, data.Train / experiment.Data.Batch).Steps);
        return data;
    }

    private static void CheckLoss(Experiment experiment, TargetKind target)
    {
        var name = experiment.Training.Loss;
        if (LossRegistry.Find(name, target).Target == target) return;
        var fitting = LossRegistry.All.Where(entry => entry.Target == target).Select(entry => entry.Name);
        throw Refusal(
            "training:loss",
            $"found '{name}', but what is learnt of {experiment.Data.Source} is {TargetKinds.Describe(target)}; allowed: "
            + string.Join(", ", fitting.Prepend(LossRegistry.Auto)));
    }

    /// <summary>Whether the model and the data agree on time.</summary>
    private static void CheckTime(Experiment experiment, DataShape data)
    {
        var (kind, source) = (experiment.Model.Kind, experiment.Data.Source);
        var takesSequences = ModelRegistry.Find(kind).TakesSequences;
        if (takesSequences && !data.IsSequence)
        {
            throw Refusal("model:kind", string.Create(
                CultureInfo.InvariantCulture,
                $"'{kind}' goes through time, and {source} gives vectors of {data.Features}; give images as sequences (data:form rows or pixels), or take {Kinds(sequences: false)}"));
        }
        if (!takesSequences && data.Target == TargetKind.ClassPerTimestep)
        {
            throw Refusal(
                "model:kind",
                $"'{kind}' gives one output for a whole sequence, and {source} has a target at every timestep; allowed: {Kinds(sequences: true)}");
        }
    }

    private static void CheckPrecision(Experiment experiment)
    {
        if (!experiment.Precision.IsNarrow() || !ModelRegistry.Find(experiment.Model.Kind).TakesSequences) return;
        throw Refusal(
            "precision", $"found '{experiment.Precision.Name()}', in which only {Kinds(sequences: false)} compute, and model:kind is '{experiment.Model.Kind}'; allowed here: float32, tf32, float64");
    }

    private static void CheckRegulariser(Experiment experiment)
    {
        var entry = RegulariserRegistry.Find(experiment.Training.Regulariser.Kind);
        if (entry.Models.Count == 0 || entry.Models.Contains(experiment.Model.Kind)) return;
        throw Refusal(
            "training:regulariser:kind",
            $"'{entry.Name}' is for {string.Join(", ", entry.Models)}, and model:kind is '{experiment.Model.Kind}'; allowed here: {RegulariserRegistry.None}");
    }

    private static void CheckMeasurements(Experiment experiment)
    {
        var unfit = experiment.Gradients.Measure.Select(MeasurementRegistry.Find)
            .Select(entry => (entry.Name, Why: entry.Unfit(experiment.Model))).FirstOrDefault(entry => entry.Why is not null);
        if (unfit.Why is null) return;
        var fitting = MeasurementRegistry.All.Where(entry => entry.Unfit(experiment.Model) is null).Select(entry => entry.Name);
        throw Refusal("gradients:measure", $"'{unfit.Name}' {unfit.Why}; allowed here: {string.Join(", ", fitting)}");
    }

    private static string Kinds(bool sequences) => string.Join(
        ", ", ModelRegistry.All.Where(entry => entry.TakesSequences == sequences).Select(entry => entry.Name));

    private static void CheckSchedule(Experiment experiment, long steps)
    {
        var schedule = experiment.Training.Schedule;
        var rate = experiment.Combinations().Min(combination => combination.Training.Optimizer.Lr);
        if (schedule.Warmup >= steps)
        {
            throw Refusal("training:schedule:warmup", string.Create(
                CultureInfo.InvariantCulture,
                $"found {schedule.Warmup}, but the training has {steps} steps; allowed: 0 to {steps - 1}"));
        }
        if (schedule.MinLr > rate && ScheduleRegistry.Find(schedule.Kind).HasMinimum)
        {
            throw Refusal("training:schedule:minLr", string.Create(
                CultureInfo.InvariantCulture,
                $"found {schedule.MinLr}, more than a member's learning rate {rate}; allowed: 0 to {rate}"));
        }
    }

    internal static ConfigurationException Refusal(string path, string message) =>
        new([new ConfigurationError(path, ConfigurationError.Experiment, null, null, message)]);
}
