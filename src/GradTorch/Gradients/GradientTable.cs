using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>The quantities of every layer and member at one step, (S, L, Q) in float64 on the device, and the hooks that
/// fill it. While it is not recording, the hooks hand on what they get.</summary>
public sealed class GradientTable : IDisposable
{
    private static readonly (double Low, double High) Unbounded = (double.NegativeInfinity, double.PositiveInfinity);

    private readonly EnsembleModel _model;
    private readonly ITorchBackend _backend;
    private readonly Tensor _before;
    private readonly LayerViews[] _layers;
    private readonly List<Action> _detach = [];

    public GradientTable(EnsembleModel model, ITorchBackend backend)
    {
        _model = model;
        _backend = backend;
        using var scope = NewDisposeScope();
        var values = model.Parameters.Values;
        Values = zeros([values.shape[0], model.Layers.Count, LayerQuantities.Count], float64, values.device)
            .DetachFromDisposeScope();
        _before = empty_like(values).DetachFromDisposeScope();
        _layers = [.. model.Layers.Select((layer, index) => new LayerViews(layer.Linear, Values.select(1, index), _before))];
        for (var index = 0; index < _layers.Length; index++) Attach(model.Layers[index], _layers[index].Table);
    }

    /// <summary>(S, L, Q).</summary>
    public Tensor Values { get; }

    public bool Recording { get; private set; }

    /// <summary>Before the forward pass of a step that is recorded.</summary>
    public void Begin()
    {
        Values.zero_();
        Recording = true;
    }

    /// <summary>Between backward and the optimiser: gradients and weights.</summary>
    public void MeasureGradients()
    {
        Recording = false;
        foreach (var layer in _layers)
        {
            Norm(layer.WeightGradient, layer.Table, LayerQuantity.WeightGradient, (int)LayerQuantity.Nonfinite);
            Norm(layer.BiasGradient, layer.Table, LayerQuantity.BiasGradient, (int)LayerQuantity.Nonfinite);
            Norm(layer.Weight, layer.Table, LayerQuantity.Weight, -1);
        }
    }

    /// <summary>Just before the optimiser: keeps the weights to measure the update by.</summary>
    public void KeepWeights()
    {
        using var off = no_grad();
        _before.copy_(_model.Parameters.Values);
    }

    /// <summary>After the optimiser.</summary>
    public void MeasureUpdates()
    {
        foreach (var layer in _layers)
            _backend.MeasureDifference(layer.Weight, layer.WeightBefore, layer.Table, (int)LayerQuantity.Update);
    }

    public void Dispose()
    {
        foreach (var detach in _detach) detach();
        foreach (var layer in _layers) layer.Dispose();
        Values.Dispose();
        _before.Dispose();
    }

    private void Attach(MeasuredLayer layer, Tensor table)
    {
        var isOutput = layer.Activation is null;
        var onLinear = layer.Linear.register_forward_hook((_, _, z) =>
        {
            if (!Recording) return z;
            if (isOutput)
            {
                MeasureActivation(z, table, Unbounded);
                z = Tap(z, table, LayerQuantity.ActivationGradient, -1);
            }
            return Tap(z, table, LayerQuantity.PreactivationGradient, (int)LayerQuantity.ZeroGradient);
        });
        _detach.Add(onLinear.remove);
        if (layer.Activation is null) return;
        var nonlinearity = layer.Activation.Nonlinearity;
        var saturation = nonlinearity.Saturation;
        var limit = saturation is null ? SaturatedSlopes(nonlinearity) : null;
        if (limit is not null) _detach.Add(limit.Dispose);
        var onActivation = layer.Activation.register_forward_hook((_, z, a) =>
        {
            if (!Recording) return a;
            MeasureActivation(a, table, saturation ?? Unbounded);
            if (limit is not null) MeasureSaturation(z, nonlinearity, limit, table);
            return Tap(a, table, LayerQuantity.ActivationGradient, -1);
        });
        _detach.Add(onActivation.remove);
    }

    private Tensor Tap(Tensor tensor, Tensor table, LayerQuantity norm, int zeros) =>
        _backend.Tap(tensor, table, (int)norm, zeros, (int)LayerQuantity.Nonfinite);

    private void MeasureActivation(Tensor activation, Tensor table, (double Low, double High) saturation) =>
        _backend.MeasureActivation(
            activation, table, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd,
            (int)LayerQuantity.Saturated, (int)LayerQuantity.Nonfinite, saturation.Low, saturation.High);

    /// <summary>For slopes that the activation does not tell.</summary>
    private static void MeasureSaturation(Tensor z, Nonlinearity nonlinearity, MemberValues limit, Tensor table)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var saturated = nonlinearity.Slope(z).abs().le(limit.Like(z)).to(float64).reshape(z.shape[0], -1);
        table.select(1, (int)LayerQuantity.Saturated).copy_(saturated.mean([1]));
    }

    /// <summary>The slope at which each member's units count as saturated.</summary>
    private MemberValues SaturatedSlopes(Nonlinearity nonlinearity) => new(
    [
        .. Enumerable.Range(0, (int)Values.shape[0])
            .Select(member => Activation.SaturatedSlope * nonlinearity.LargestSlope(member)),
    ]);

    private void Norm(Tensor tensor, Tensor table, LayerQuantity quantity, int nonfinite) =>
        _backend.MeasureNorm(tensor, table, (int)quantity, nonfinite);

    /// <summary>A layer's places in the flat tensors, made once: making them anew would cost more than measuring.</summary>
    private sealed class LayerViews(EnsembleLinear linear, Tensor table, Tensor before) : IDisposable
    {
        public Tensor Table { get; } = table.DetachFromDisposeScope();

        public Tensor Weight { get; } = linear.Weight.detach().DetachFromDisposeScope();

        public Tensor WeightBefore { get; } = linear.WeightIn(before).DetachFromDisposeScope();

        public Tensor WeightGradient { get; } = linear.WeightGradient.DetachFromDisposeScope();

        public Tensor BiasGradient { get; } = linear.BiasGradient.DetachFromDisposeScope();

        public void Dispose()
        {
            Table.Dispose();
            Weight.Dispose();
            WeightBefore.Dispose();
            WeightGradient.Dispose();
            BiasGradient.Dispose();
        }
    }
}
