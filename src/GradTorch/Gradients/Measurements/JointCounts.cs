using GradTorch.Models;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>The joint behaviour of what a layer has and of its gradient: how many elements lie in each cell of <see cref="JointGrid"/>, of
/// pre-activations with δ and of weights with ∂L/∂w, and how their sizes go together. Gradients are those of the mean loss, in float16,
/// too.</summary>
public sealed class JointCounts : GradientMeasurement
{
    /// <summary>Correlation of |z| and ln|δ| over the elements where both are finite and δ is not 0, −1 to 1: below 0 where units that are
    /// driven far get smaller gradients. NaN where there is no spread.</summary>
    public const string ActivationCorrelation = "z_correlation";

    /// <summary>The same of |w| and ln|∂L/∂w|.</summary>
    public const string WeightCorrelation = "w_correlation";

    /// <summary>Added to logarithms, so that a power of ten does not fall below itself: more than they are wrong by, less than float32
    /// can tell apart.</summary>
    private const double Rounding = 2e-13;

    private readonly EnsembleParameters _parameters;
    private readonly ILayerParameters[] _layers;

    public JointCounts(EnsembleModel model)
    {
        _parameters = model.Parameters;
        _layers = [.. model.RecurrentLayers, .. model.Layers.Select(layer => layer.Linear)];
        Places =
        [
            .. Enumerable.Range(1, _layers.Length).SelectMany(layer => new LayerMeasurePlace[] { new(layer, ActivationCorrelation), new(layer, WeightCorrelation) }),
        ];
        var values = _parameters.Values;
        Counts = zeros([values.shape[0], _layers.Length, JointGrid.All.Count, JointGrid.Cells], float64, values.device).DetachFromDisposeScope();
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    /// <summary>(S, L, pairs, cells), cells by x and then by g.</summary>
    public Tensor Counts { get; }

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        Counts.zero_();
        var columns = new List<Tensor>();
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            using var ofLayer = NewDisposeScope();
            var watch = step.Watches[layer];
            var (z_SNH, delta_SNH) = (watch.Preactivations(), watch.Gradients().to(float64));
            if (step.Scale_S is { } scale) delta_SNH = delta_SNH / scale.view(-1, 1, 1);
            // After the end of its sequence a row counts for nothing.
            var counts = watch.Running() is { } running ? running.to(float64).expand_as(z_SNH) : ones([1, 1, 1], float64, z_SNH.device).expand_as(z_SNH);
            var activation = Count(layer, pair: 0, z_SNH, delta_SNH, counts);
            var (weight, gradient) = (_layers[layer].WeightIn(_parameters.Values), _layers[layer].WeightIn(_parameters.Gradients));
            var weights = Count(layer, pair: 1, weight, gradient, ones([1, 1, 1], float64, weight.device).expand_as(weight));
            columns.Add(stack([activation, weights], -1).MoveToOuterDisposeScope());
        }
        values_SP.copy_(stack([.. columns], 1).flatten(1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Counts.Dispose();
        base.Dispose(disposing);
    }

    /// <returns>The correlation of their sizes, (S).</returns>
    private Tensor Count(int layer, int pair, Tensor values, Tensor gradients, Tensor counts)
    {
        var (x_SN, g_SN, counts_SN) = (values.flatten(1).to(float64), gradients.flatten(1).to(float64).abs(), counts.flatten(1));
        var logarithm_SN = g_SN.log10();
        // A number less itself is NaN where it is not finite, and in place: several times as fast as truth values.
        var column_SN = x_SN.mul(JointGrid.All[pair].PerUnit).floor_().add_(JointGrid.FiniteX / 2).clamp_(0, JointGrid.FiniteX - 1)
            .add_(x_SN - x_SN).nan_to_num_(JointGrid.FiniteX);
        var row_SN = logarithm_SN.add(Rounding - JointGrid.FirstExponent).div_(JointGrid.Powers).floor_().add_(2).clamp_(1, JointGrid.FiniteGradients)
            .sub_(g_SN.clone().eq_(0)).add_(g_SN - g_SN).nan_to_num_(JointGrid.FiniteGradients + 1);
        Counts.select(1, layer).select(1, pair).scatter_add_(1, column_SN.mul_(JointGrid.CountGradients).add_(row_SN).to(int64), counts_SN);
        return Correlation(x_SN.abs(), logarithm_SN, counts_SN);
    }

    /// <param name="counts_SN">1 where an element counts, else 0.</param>
    private static Tensor Correlation(Tensor one_SN, Tensor other_SN, Tensor counts_SN)
    {
        // NaN where either is not finite.
        var both_SN = one_SN - one_SN + (other_SN - other_SN);
        var weight_SN = both_SN.add(1).nan_to_num_(0).mul_(counts_SN);
        var count_S1 = weight_SN.sum(1, keepdim: true);
        Tensor Centred(Tensor numbers)
        {
            var finite = numbers.add(both_SN).nan_to_num_(0);
            return finite.sub((finite * weight_SN).sum(1, keepdim: true) / count_S1).mul_(weight_SN);
        }
        var (a, b) = (Centred(one_SN), Centred(other_SN));
        return (a * b).sum(1) / (a.square().sum(1) * b.square().sum(1)).sqrt();
    }
}
