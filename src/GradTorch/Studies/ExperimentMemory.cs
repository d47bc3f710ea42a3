using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
using GradTorch.Quantities;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>What an experiment needs on the device: parameters, gradients and optimiser states, the activations of one batch,
/// the data with each member's order of them, and what is recorded between two flushes. libtorch itself comes on top.</summary>
internal static class ExperimentMemory
{
    /// <param name="data">As they are stored.</param>
    /// <param name="shape">As the model takes the data.</param>
    /// <returns>Bytes, about; <see cref="long.MaxValue"/> for all that is more.</returns>
    public static long Of(Experiment experiment, DataShape data, ModelShape shape, TrainingPlan plan)
    {
        var number = experiment.Precision == Precision.Float64 ? sizeof(double) : sizeof(float);
        var source = DataSourceRegistry.Find(experiment.Data.Source);
        // Sizes that are each in range multiply to more than 64 bits hold.
        Int128 ofMember = number * ((Int128)Numbers(experiment, shape) + Activations(experiment, shape))
            + (Int128)Records(experiment, shape, plan) * sizeof(double) + (Int128)data.Train * sizeof(long)
            + Measured(experiment, shape, plan, number);
        var stored = (Int128)(data.Train + data.Test) * source.ExampleBytes(data, number);
        return (long)Int128.Min(ExperimentPlan.MembersOf(experiment) * ofMember + stored, long.MaxValue);
    }

    /// <summary>Parameters, gradients, what the optimiser keeps, and the weights before an update that is measured.</summary>
    private static Int128 Numbers(Experiment experiment, ModelShape shape)
    {
        var optimiser = experiment.Training.Optimizer;
        var states = OptimizerRegistry.Find(optimiser.Kind).CountStates(optimiser);
        var copies = 2 + states + (experiment.Gradients.Every > 0 ? 1 : 0);
        return (Int128)copies * ModelRegistry.Find(shape.Section.Kind).CountParameters(shape);
    }

    private static Int128 Activations(Experiment experiment, ModelShape shape) =>
        (Int128)experiment.Data.Batch * ModelRegistry.Find(shape.Section.Kind).CountActivations(shape);

    /// <summary>Bytes of what is asked for beside: each record, and of a pass that is repeated the step's own gradients, and what its
    /// layers keep for as long as it is looked at.</summary>
    private static Int128 Measured(Experiment experiment, ModelShape shape, TrainingPlan plan, int number)
    {
        var cost = MeasurementCost.Of(experiment, shape);
        if (cost.Names.Count == 0 || plan.RecordEvery == 0) return 0;
        var kept = ModelRegistry.Find(shape.Section.Kind).CountParameters(shape) + (cost.Passes > 0 ? Activations(experiment, shape) : 0);
        return (Int128)plan.GradientCapacity * cost.RecordBytes + number * kept;
    }

    /// <summary>Quantities of layers and timesteps at each record, metrics at each step.</summary>
    private static Int128 Records(Experiment experiment, ModelShape shape, TrainingPlan plan)
    {
        var depth = (Int128)shape.Section.Depth;
        var gradients = (depth + 1) * LayerQuantities.Count + depth * shape.Timesteps * TimestepQuantities.Count;
        return plan.GradientCapacity * gradients + (Int128)experiment.Gradients.Flush * StepMetrics.NamesOf(hasAccuracy: true, clips: true).Count;
    }
}
