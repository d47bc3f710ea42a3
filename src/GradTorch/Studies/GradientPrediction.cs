using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Theory;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>What theory says of a member's gradient before it is trained.</summary>
/// <param name="LogGradients">Expected ln‖δ‖ of each hidden layer, from the first, less that of the last; empty for recurrent
/// nets.</param>
/// <param name="Bound">Of ‖∂h_T/∂h_1‖ in the recurrent layer next to the output; null for nets without time.</param>
/// <param name="Jacobians">What ‖∂h_T/∂h_t‖ is there, to hold beside the bound, at some t from the first on; empty for nets without time, and
/// where it would take too long.</param>
public sealed record GradientPrediction(IReadOnlyList<double> LogGradients, RecurrentBound? Bound, IReadOnlyList<StateJacobian> Jacobians)
{
    /// <summary>Examples that the second moment of the inputs is taken of.</summary>
    private const long MostExamples = 4096;

    /// <summary>Standard errors that the mean of independent weights may be off 0.</summary>
    private const double MostErrors = 6;

    /// <summary>Of each member, for its weights and data as they are: to be asked before training. Members that differ in their seeds only
    /// have the same, with the weights' variance over all of them.</summary>
    /// <returns>Null where theory does not cover the network: with norm, dropout, gates, a narrow precision, or weights that are not
    /// independent of mean 0.</returns>
    public static IReadOnlyList<GradientPrediction>? Of(PreparedExperiment prepared)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var experiment = prepared.Experiment;
        var model = experiment.Model;
        if (model.Norm != "none" || model.Dropout > 0 || experiment.Precision.IsNarrow()) return null;
        if (prepared.Model.RecurrentLayers is [.., var last]) return last is ElmanLayer elman ? Bounds(prepared, elman) : null;
        var variances = WeightVariances(prepared.Model);
        if (variances is null) return null;
        var (moment, skips) = (InputMoment(prepared), SkipsOf(prepared));
        static string ValuesOf(EnsembleMember member) => string.Join(' ', member.Varied);
        var groups = prepared.Members.GroupBy(ValuesOf).ToDictionary(
            group => group.Key, group => OfAlike([.. group], variances, moment, skips));
        return [.. prepared.Members.Select(member => groups[ValuesOf(member)])];
    }

    private static GradientPrediction OfAlike(EnsembleMember[] members, double[][] variances, double inputMoment, SkipPath? skips)
    {
        using var alike = new EnsembleNonlinearity([members[0]]);
        var nonlinearity = alike.Create();
        if (nonlinearity.Forward is LearntActivation learnt) learnt.Learn();
        var layers = DepthPrediction.Of(
            nonlinearity, member: 0,
            [.. variances.Select(layer => members.Average(member => layer[member.Index]))],
            members[0].Alone.Model.Init.BiasVariance, inputMoment, skips);
        return new GradientPrediction([.. layers.Select(layer => layer.LnGradient / 2)], Bound: null, Jacobians: []);
    }

    private static SkipPath? SkipsOf(PreparedExperiment prepared)
    {
        if (!ExperimentSettings.IsUsed(prepared.Experiment, "model:skip:every")) return null;
        var (skip, depth) = (prepared.Experiment.Model.Skip, prepared.Experiment.Model.Depth);
        return new SkipPath(skip.Every, skip.Join == SkipJoin.BeforeActivation, skip.Scale.At(depth), prepared.Model.Projections.Any());
    }

    /// <summary>fan_in · mean W² of each hidden layer and member.</summary>
    /// <returns>Null where a layer's weights have another mean than 0, or are 0.</returns>
    private static double[][]? WeightVariances(EnsembleModel model)
    {
        var layers = new List<double[]>();
        foreach (var layer in model.Layers.Where(layer => layer.Activation is not null))
        {
            var weights = layer.Linear.Weight.to(float64);
            var (squares, means) = (HostCopy.Doubles(weights.square().mean([1, 2])), HostCopy.Doubles(weights.mean([1, 2])));
            var (inputs, count) = (weights.shape[1], weights.shape[1] * weights.shape[2]);
            if (squares.Zip(means).Any(own => own.First == 0 || own.Second * own.Second * count > MostErrors * MostErrors * own.First)) return null;
            layers.Add([.. squares.Select(square => inputs * square)]);
        }
        return [.. layers];
    }

    private static double InputMoment(PreparedExperiment prepared)
    {
        var examples = prepared.Data.Train;
        var inputs = examples.Range(0, Math.Min(examples.Count, MostExamples)).Inputs;
        return HostCopy.Doubles(inputs.to(float64).square().mean())[0];
    }

    private static GradientPrediction[] Bounds(PreparedExperiment prepared, ElmanLayer layer)
    {
        var largest = HostCopy.Doubles(linalg.svdvals(layer.RecurrentWeight.to(float64)).amax([1]));
        using var nonlinearity = new EnsembleNonlinearity(prepared.Members);
        var slopes = nonlinearity.Create();
        var jacobians = StateJacobian.Of(prepared, layer);
        return
        [
            .. prepared.Members.Select(member => new GradientPrediction(
                [], new RecurrentBound(slopes.LargestSlope(member.Index), largest[member.Index], (int)prepared.Model.Timesteps - 1),
                jacobians[member.Index])),
        ];
    }
}
