using GradTorch.Models;
using GradTorch.Quantities;
using GradTorch.Theory;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Units of tanh(nx) that are steep enough for the gradient: which share of a layer's pre-activations, over units and batch, lies
/// inside the thresholds |x| &lt; t_K of <see cref="TanhSlope"/>.</summary>
public sealed class InsideUnits : GradientMeasurement
{
    /// <summary>Share with a slope above 1, which makes the gradient larger; 0 for n ≤ 1.</summary>
    public const string One = "inside_1";

    /// <summary>Share with a slope above 1/n, which one other unit at its steepest makes up for.</summary>
    public const string Two = "inside_2";

    /// <summary>Share with a slope above n^(1−K), K the hidden layers, which all other units of a path at their steepest make up for.</summary>
    public const string Depth = "inside_depth";

    private static readonly string[] Names = [One, Two, Depth];

    private readonly EnsembleParameters _parameters;
    private readonly int _layers;
    private readonly MemberValues[] _thresholds;

    /// <param name="model">Its hidden layers have tanh.</param>
    public InsideUnits(EnsembleModel model)
    {
        _parameters = model.Parameters;
        var hidden = model.Layers.Where(layer => layer.Activation is not null).ToList();
        _layers = hidden.Count;
        var steepest = hidden[0].Activation!.Nonlinearity.Exact;
        var members = (int)_parameters.Values.shape[0];
        _thresholds =
        [
            .. ((int[])[1, 2, hidden.Count]).Select(count => new MemberValues(
                [.. Enumerable.Range(0, members).Select(member => TanhSlope.Threshold(steepest.LargestSlope(member), count) ?? 0)])),
        ];
        Places = [.. Enumerable.Range(1, _layers).SelectMany(layer => Names.Select(name => new LayerMeasurePlace(layer, name)))];
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        var columns = new List<Tensor>();
        for (var layer = 0; layer < _layers; layer++)
        {
            var size_SNH = _parameters.Rounded(step.Watches[layer].Preactivations()).to(float64).abs();
            foreach (var threshold in _thresholds) columns.Add(size_SNH.lt(threshold.Like(size_SNH)).to(float64).mean([1, 2]));
        }
        values_SP.copy_(stack(columns, -1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var threshold in _thresholds) threshold.Dispose();
        }
        base.Dispose(disposing);
    }
}
