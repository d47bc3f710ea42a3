using GradTorch.Activations;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Dead units: those whose slope on the way back, g′ or the surrogate's, is exactly 0 for every example of the batch (and
/// at every timestep), so that nothing reaches the weights that lead to them.</summary>
public sealed class DeadUnits : GradientMeasurement
{
    /// <summary>Fraction of the layer's units that are dead, 0 to 1.</summary>
    public const string Dead = "dead";

    /// <summary>Mean, over the units that are dead, of the records in a row at which they were, this one included; 0 where none
    /// is.</summary>
    public const string DeadRecords = "dead_records";

    /// <summary>Fraction of the layer's units that were dead at every record from the first on, 0 to 1.</summary>
    public const string DeadAlways = "dead_always";

    private static readonly string[] Names = [Dead, DeadRecords, DeadAlways];

    private readonly EnsembleParameters _parameters;
    private readonly long _width;
    private readonly (int Index, Nonlinearity Nonlinearity)[] _layers;
    private readonly Tensor _row_SLH;
    private readonly Tensor _always_SLH;

    public DeadUnits(EnsembleModel model)
    {
        // Hidden layers are of one width, which the output layer takes.
        (_parameters, _width) = (model.Parameters, model.Layers[^1].Linear.Inputs);
        _layers =
        [
            .. model.RecurrentLayers.OfType<ElmanLayer>().Select(layer => layer.Nonlinearity)
                .Concat(model.Layers.Select(layer => layer.Activation?.Nonlinearity).OfType<Nonlinearity>())
                .Select((nonlinearity, index) => (index, nonlinearity)),
        ];
        Places = [.. _layers.SelectMany(layer => Names.Select(name => new LayerMeasurePlace(layer.Index + 1, name)))];
        var values = _parameters.Values;
        _row_SLH = zeros([values.shape[0], _layers.Length, _width], float64, values.device).DetachFromDisposeScope();
        _always_SLH = ones_like(_row_SLH).DetachFromDisposeScope();
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        var dead_SLH = stack([.. _layers.Select(layer => DeadOf(step, layer.Index, layer.Nonlinearity))], 1).to(float64);
        _row_SLH.add_(1).mul_(dead_SLH);
        _always_SLH.mul_(dead_SLH);
        var count_SL = dead_SLH.sum(-1);
        Tensor[] columns =
        [
            count_SL / _width, _row_SLH.sum(-1).div_(count_SL.clamp_min(1)), _always_SLH.mean([-1L]),
        ];
        values_SP.copy_(stack(columns, -1).flatten(1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _row_SLH.Dispose();
            _always_SLH.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <returns>bool (S, H).</returns>
    private Tensor DeadOf(RepeatedStep step, int index, Nonlinearity nonlinearity)
    {
        using var scope = NewDisposeScope();
        var watch = step.Watches[index];
        var isZero = nonlinearity.Slope(_parameters.Rounded(watch.Preactivations())).eq(0);
        if (watch.Running() is { } running) isZero = isZero.logical_or(running.logical_not());
        return isZero.all(1).MoveToOuterDisposeScope();
    }
}
