using System.Collections.Immutable;
using GradTorch.Analysis;
using GradTorch.Cli.Output;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Training;

namespace GradTorch.Cli.Progress;

/// <summary>What is known of a run that goes on.</summary>
internal sealed record RunState(RunOverview Overview)
{
    /// <summary>The step of loss, accuracy and the like; null before the first flush.</summary>
    public long? ScalarStep { get; private init; }

    public Spread Loss { get; private init; }

    /// <summary>Null where there is no right and wrong.</summary>
    public Spread? Accuracy { get; private init; }

    /// <summary>The step of <see cref="Norms"/>.</summary>
    public long GradientStep { get; private init; }

    /// <summary>‖∂L/∂W‖ of each layer, the median over the members that go on; empty before the first record.</summary>
    public IReadOnlyList<double> Norms { get; private init; } = [];

    /// <summary>‖∂L/∂h_t‖ of each timestep of the recurrent layer next to the output, the median over the members that go on;
    /// empty before the first record and for networks without time.</summary>
    public IReadOnlyList<double> TimestepNorms { get; private init; } = [];

    public Evaluation? Evaluation { get; init; }

    public ImmutableList<Divergence> Diverged { get; init; } = [];

    private int MemberCount => Overview.Seeds.Count;

    /// <summary>Members that have not diverged.</summary>
    public IEnumerable<int> Members => Enumerable.Range(0, MemberCount).Except(Diverged.Select(divergence => divergence.Member));

    /// <summary>The state after a flush: the last row of each of its blocks.</summary>
    public RunState With(TrainingRecord record)
    {
        var after = this;
        if (record.ScalarSteps.Length > 0)
        {
            after = after with
            {
                ScalarStep = record.ScalarSteps[^1],
                Loss = ScalarOf(record, "loss")!.Value,
                Accuracy = ScalarOf(record, "accuracy"),
            };
        }
        return record.GradientSteps.Length == 0
            ? after
            : after with
            {
                GradientStep = record.GradientSteps[^1], Norms = NormsOf(record), TimestepNorms = TimestepNormsOf(record),
            };
    }

    /// <summary>Null when the record has nothing of that name.</summary>
    private Spread? ScalarOf(TrainingRecord record, string name)
    {
        var column = record.ScalarNames.ToList().IndexOf(name);
        if (column < 0) return null;
        var row = (record.ScalarSteps.Length - 1) * MemberCount;
        return Spread.Of(Members.Select(member => record.Scalars[(row + member) * record.ScalarNames.Count + column]));
    }

    private double[] NormsOf(TrainingRecord record)
    {
        var layers = Overview.Layers.Count;
        var row = (record.GradientSteps.Length - 1) * MemberCount;
        return
        [
            .. Enumerable.Range(0, layers).Select(layer => Median.Of(Members.Select(member =>
                record.Gradients[((row + member) * layers + layer) * LayerQuantities.Count + (int)LayerQuantity.WeightGradient]))),
        ];
    }

    private double[] TimestepNormsOf(TrainingRecord record)
    {
        var (layers, timesteps) = (Overview.RecurrentLayers, Overview.Timesteps);
        var row = (record.GradientSteps.Length - 1) * MemberCount;
        int Place(int member, int timestep) =>
            (((row + member) * layers + layers - 1) * timesteps + timestep) * TimestepQuantities.Count;
        return
        [
            .. Enumerable.Range(0, timesteps).Select(timestep => Median.Of(Members.Select(member =>
                record.Timesteps[Place(member, timestep) + (int)TimestepQuantity.HiddenGradient]))),
        ];
    }
}
