using GradTorch.Analysis.Comparisons;
using GradTorch.Runs;

namespace GradTorch.Analysis.Dynamics;

/// <summary>How the gradients and weights of a variant's members behaved during training.</summary>
/// <param name="Joint">Empty where joint histograms were not measured, or not at that step.</param>
public sealed record VariantDynamics(
    VariantChain Chain, VanishingModel Model, IReadOnlyList<WeightTrajectory> Weights, IReadOnlyList<JointHistogram> Joint)
{
    /// <summary>From layer 1 on, the output layer last.</summary>
    public IReadOnlyList<string> LayerNames { get; } = [.. Weights[0].Layers.Select(layer => layer.Name)];

    /// <summary>From 1; null of a name that it has not.</summary>
    public int? LayerNumber(string name) => LayerNames.Index().Where(layer => layer.Item == name).Select(layer => (int?)layer.Index + 1).FirstOrDefault();

    /// <param name="variant">Without an obstacle to its chain.</param>
    /// <param name="after">k of the model, in steps; null for the last record.</param>
    /// <param name="step">Of the record that joint histograms are of; null for all records together.</param>
    /// <exception cref="RunException">The run can't be read.</exception>
    public static VariantDynamics Read(ComparedVariant variant, long? after = null, long? step = null) => RunDatabaseReader.Read(
        RunDirectory.Open(variant.Directory).DatabaseFile, database =>
        {
            var chain = VariantChain.Read(database, variant);
            var most = chain.Steps[^1] - chain.Steps[0];
            return new VariantDynamics(
                chain, VanishingModel.Of(chain.Members, chain.Initial, Math.Min(after ?? most, most)),
                WeightTrajectory.Read(database, variant.Members.Where(member => member.Verdicts is not null)),
                JointHistogram.Read(database, [.. chain.Members.Select(member => member.Member)], step));
        });
}
