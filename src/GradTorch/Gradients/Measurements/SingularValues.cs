using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Largest singular values: of the weights of each layer, of recurrent layers of their recurrent weights (of all gates side by
/// side), and of the Jacobian of an Elman layer's step, by the slope used on the way back.</summary>
/// <remarks>Pascanu, Mikolov and Bengio 2013, arXiv 1211.5063: gradients vanish in time where γ λ &lt; 1, γ the largest slope.</remarks>
public sealed class SingularValues : GradientMeasurement
{
    /// <summary>λ of W.</summary>
    public const string Value = "singular_value";

    /// <summary>That of ∂h_t/∂h_{t−1} = W diag(g′(a_t)): the mean over the sequences that have not ended, at that of a few timesteps where it
    /// is largest.</summary>
    public const string Jacobian = "step_jacobian";

    /// <summary>γ λ, which no step's Jacobian passes.</summary>
    public const string Bound = "slope_bound";

    /// <summary>The last timestep, and others at equal distances before it.</summary>
    public const int MostTimesteps = 4;

    private readonly EnsembleModel _model;
    private readonly IGrouping<string, (Tensor Weight, int Layer)>[] _alike;
    private readonly (ElmanLayer Layer, int Index, MemberValues LargestSlope)[] _elman;
    private readonly int[] _places;

    public SingularValues(EnsembleModel model)
    {
        _model = model;
        Tensor[] weights = [.. model.RecurrentLayers.Select(layer => layer.RecurrentWeight), .. model.Layers.Select(layer => layer.Linear.Weight)];
        _alike = [.. weights.Select((weight, layer) => (weight, layer)).GroupBy(one => string.Join('x', one.weight.shape))];
        var members = (int)model.Parameters.Values.shape[0];
        _elman =
        [
            .. model.RecurrentLayers.OfType<ElmanLayer>().Select((layer, index) => (
                layer, index, new MemberValues([.. Enumerable.Range(0, members).Select(layer.Nonlinearity.LargestSlope)]))),
        ];
        Places =
        [
            .. Enumerable.Range(1, weights.Length).Select(layer => new LayerMeasurePlace(layer, Value)),
            .. _elman.SelectMany(one => new LayerMeasurePlace[] { new(one.Index + 1, Jacobian), new(one.Index + 1, Bound) }),
        ];
        // Where in the order of groups each layer's value is.
        int[] order = [.. _alike.SelectMany(group => group).Select(one => one.Layer)];
        _places = [.. Enumerable.Range(0, order.Length).Select(layer => Array.IndexOf(order, layer))];
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        var grouped = cat([.. _alike.Select(group => Of(stack([.. group.Select(one => one.Weight)], 1).to(float64)))], 1);
        Tensor[] values_S = [.. _places.Select(place => grouped.select(1, place))];
        var columns = new List<Tensor>(values_S);
        foreach (var (layer, index, largest) in _elman)
            columns.AddRange([OfStep(layer, step, index), values_S[index] * largest.Like(values_S[index])]);
        values_SP.copy_(stack(columns, -1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, _, largest) in _elman) largest.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <param name="weight_SRIO">Layers of one shape.</param>
    /// <returns>(S, R).</returns>
    private static Tensor Of(Tensor weight_SRIO)
    {
        using var scope = NewDisposeScope();
        var (members, layers) = (weight_SRIO.shape[0], weight_SRIO.shape[1]);
        var matrix = weight_SRIO.flatten(0, 1);
        // The smaller side: fewer dimensions, and the same singular values.
        if (matrix.shape[1] < matrix.shape[2]) matrix = matrix.transpose(1, 2);
        var transposed = matrix.transpose(1, 2);
        return LargestSingularValue.Of(members * layers, matrix.shape[2], matrix.device, vector => bmm(transposed, bmm(matrix, vector.unsqueeze(2))).squeeze(2))
            .view(members, layers).MoveToOuterDisposeScope();
    }

    /// <returns>(S).</returns>
    private Tensor OfStep(ElmanLayer layer, RepeatedStep step, int index)
    {
        using var scope = NewDisposeScope();
        var (watch, timesteps) = (step.Watches[index], _model.Timesteps);
        long[] chosen = [.. Enumerable.Range(1, MostTimesteps).Select(part => timesteps * part / MostTimesteps - 1).Where(t => t >= 0).Distinct()];
        Tensor Chosen(Tensor rows_SNX)
        {
            var all = rows_SNX.view(rows_SNX.shape[0], timesteps, -1, rows_SNX.shape[2]);
            return stack([.. chosen.Select(t => all.select(1, t))], 1);
        }
        var slope_STBH = layer.Nonlinearity.Slope(Chosen(watch.Preactivations())).to(float64);
        var (members, rows, units) = (slope_STBH.shape[0], slope_STBH.shape[1] * slope_STBH.shape[2], slope_STBH.shape[3]);
        var slope = slope_STBH.reshape(members, rows, units);
        var weight = layer.RecurrentWeight.to(float64);
        var values_STB = LargestSingularValue.Of(members * rows, units, weight.device, vector =>
            bmm(bmm(vector.view(members, rows, units) * slope, weight.transpose(1, 2)), weight).mul_(slope).view(members * rows, units))
            .view(members, chosen.Length, -1);
        if (watch.Running() is not { } running) return values_STB.mean([-1L]).amax([1]).MoveToOuterDisposeScope();
        var counts_STB = Chosen(running).squeeze(3).to(float64);
        return ((values_STB * counts_STB).sum(-1) / counts_STB.sum(-1).clamp_min(1)).amax([1]).MoveToOuterDisposeScope();
    }
}
