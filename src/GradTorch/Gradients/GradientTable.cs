using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>The quantities of every layer and member at one step, (S, L, Q) in float64 on the device, and the hooks that
/// fill it. While it is not recording, the hooks hand on what they get.</summary>
public sealed class GradientTable : IDisposable
{
    private static readonly (double Low, double High) Unbounded = (double.NegativeInfinity, double.PositiveInfinity);

    private readonly EnsembleModel _model;
    private readonly ITorchBackend _backend;
    private readonly LayerMeasures _measures;
    private readonly Tensor _before;
    private readonly TableRow[] _places;
    private readonly IReadOnlyList<LayerRows> _weights;
    private readonly IReadOnlyList<LayerRows> _weightsBefore;
    private readonly IReadOnlyList<LayerRows> _weightGradients;
    private readonly IReadOnlyList<LayerRows> _biasGradients;
    private readonly SequenceRecord[] _sequences;
    private readonly List<Action> _detach = [];

    public GradientTable(EnsembleModel model, ITorchBackend backend)
    {
        _model = model;
        _backend = backend;
        _measures = backend.Measures(model.Parameters.Values.device);
        using var scope = NewDisposeScope();
        var (values, gradients) = (model.Parameters.Values, model.Parameters.Gradients);
        ILayerParameters[] parameters = [.. model.RecurrentLayers, .. model.Layers.Select(layer => layer.Linear)];
        Values = zeros([values.shape[0], parameters.Length, LayerQuantities.Count], float64, values.device)
            .DetachFromDisposeScope();
        _before = empty_like(values).DetachFromDisposeScope();
        _places = [.. parameters.Select((_, index) => new TableRow(Values, index))];
        foreach (var place in _places) place.Row.DetachFromDisposeScope();
        IReadOnlyList<LayerRows> Weights(Tensor all) => LayerRows.Of(all, [.. parameters.Select(layer => layer.WeightIn(all))], _places);
        (_weights, _weightsBefore, _weightGradients) = (Weights(values), Weights(_before), Weights(gradients));
        _biasGradients = LayerRows.Of(gradients, [.. parameters.Select(layer => layer.BiasIn(gradients))], _places);
        // Layers first, so that each layer's part lies in one piece.
        var timesteps = zeros(
            [model.RecurrentLayers.Count, values.shape[0], model.Timesteps, TimestepQuantities.Count], float64, values.device);
        Timesteps = timesteps.transpose(0, 1).DetachFromDisposeScope();
        _sequences = [.. model.RecurrentLayers.Select((_, index) => new SequenceRecord(
            timesteps[index].DetachFromDisposeScope(), _places[index].Row, _measures))];
        for (var index = 0; index < model.Layers.Count; index++)
            Attach(model.Layers[index], _places[_sequences.Length + index]);
    }

    /// <summary>(S, L, Q), recurrent layers first.</summary>
    public Tensor Values { get; }

    /// <summary>(S, recurrent layers, T, quantities of a timestep).</summary>
    public Tensor Timesteps { get; }

    public bool Recording { get; private set; }

    /// <summary>Before the forward pass of a step that is recorded.</summary>
    public void Begin()
    {
        Values.zero_();
        Timesteps.zero_();
        Recording = true;
        for (var index = 0; index < _sequences.Length; index++) _model.RecurrentLayers[index].Record = _sequences[index];
    }

    /// <summary>Backward of a step that is recorded.</summary>
    public void Backward(Tensor loss) => _measures.Backward(loss, _model.Parameters.Taken);

    /// <summary>Between backward and the optimiser: gradients and weights.</summary>
    public void MeasureGradients()
    {
        Recording = false;
        foreach (var layer in _model.RecurrentLayers) layer.Record = null;
        foreach (var layers in _weightGradients)
            _measures.Norm(layers, (int)LayerQuantity.WeightGradient, (int)LayerQuantity.Nonfinite);
        foreach (var layers in _biasGradients)
            _measures.Norm(layers, (int)LayerQuantity.BiasGradient, (int)LayerQuantity.Nonfinite);
        foreach (var layers in _weights) _measures.Norm(layers, (int)LayerQuantity.Weight);
        _measures.Finish();
        foreach (var sequence in _sequences) Summarise(sequence);
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
        foreach (var (layers, before) in _weights.Zip(_weightsBefore))
            _measures.Difference(layers, before, (int)LayerQuantity.Update);
        _measures.Finish();
    }

    public void Dispose()
    {
        foreach (var detach in _detach) detach();
        _measures.Dispose();
        foreach (var layers in (LayerRows[])[.. _weights, .. _weightsBefore, .. _weightGradients, .. _biasGradients]) layers.Dispose();
        foreach (var place in _places) place.Row.Dispose();
        foreach (var sequence in _sequences) sequence.Timesteps.Dispose();
        Values.Dispose();
        Timesteps.Dispose();
        _before.Dispose();
    }

    /// <summary>δ is tapped where z enters the activation: what joins or normalises in between is then behind it.</summary>
    private void Attach(MeasuredLayer layer, TableRow row)
    {
        if (layer.Activation is not { } activation)
        {
            AttachOutput(layer.Linear, row);
            return;
        }
        Watch(activation.Input, z => TapPreactivation(z, row));
        var slopes = SlopeSaturation.Of(activation.Nonlinearity, Values.shape[0]);
        if (slopes is not null) _detach.Add(slopes.Dispose);
        _detach.Add(activation.register_forward_hook((_, z, a) =>
        {
            if (!Recording) return a;
            MeasureActivation(a, row, activation.Nonlinearity.Saturation);
            slopes?.Measure(z, row.Row, (int)LayerQuantity.Saturated);
            TapActivation(a, row);
            return a;
        }).remove);
    }

    private void AttachOutput(EnsembleLinear output, TableRow row) => Watch(output, z =>
    {
        MeasureActivation(z, row, Unbounded);
        TapActivation(z, row);
        TapPreactivation(z, row);
    });

    /// <summary>Sees what a module gives out in steps that are recorded.</summary>
    private void Watch(nn.Module<Tensor, Tensor> module, Action<Tensor> see) =>
        _detach.Add(module.register_forward_hook((_, _, output) =>
        {
            if (Recording) see(output);
            return output;
        }).remove);

    private void TapPreactivation(Tensor z, TableRow row) =>
        Tap(z, row, LayerQuantity.PreactivationGradient, (int)LayerQuantity.ZeroGradient);

    private void TapActivation(Tensor a, TableRow row) => Tap(a, row, LayerQuantity.ActivationGradient, -1);

    /// <summary>What a recurrent layer has as a whole, from what it has at each timestep.</summary>
    private void Summarise(SequenceRecord sequence)
    {
        using var scope = NewDisposeScope();
        Tensor Of(TimestepQuantity quantity) => sequence.Timesteps.select(2, (long)quantity);
        Tensor Place(LayerQuantity quantity) => sequence.Layer.select(1, (long)quantity);
        Norm(Of(TimestepQuantity.HiddenGradient), sequence.Layer, LayerQuantity.ActivationGradient);
        Norm(Of(TimestepQuantity.PreactivationGradient), sequence.Layer, LayerQuantity.PreactivationGradient);
        Place(LayerQuantity.ZeroGradient).copy_(Of(TimestepQuantity.ZeroGradient).mean([1]));
        Place(LayerQuantity.Nonfinite).add_(Of(TimestepQuantity.Nonfinite).sum(1));
    }

    private void Tap(Tensor tensor, TableRow row, LayerQuantity norm, int zeros) =>
        _measures.Tap(tensor, row, (int)norm, zeros, (int)LayerQuantity.Nonfinite);

    private void MeasureActivation(Tensor activation, TableRow row, (double Low, double High)? saturation) =>
        _measures.Activation(
            activation, row, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd,
            (int)LayerQuantity.Saturated, (int)LayerQuantity.Nonfinite, saturation);

    private void Norm(Tensor tensor, Tensor table, LayerQuantity quantity) => _backend.MeasureNorm(tensor, table, (int)quantity);
}
