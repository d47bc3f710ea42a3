using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients;

/// <summary>The quantities of every layer and member at one step, (S, L, Q) in float64 on the device. While it records, the layers
/// write into it.</summary>
public sealed class GradientTable : IDisposable
{
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
    private readonly LayerRecord[] _layers;

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
        _layers = [.. model.Layers.Select((layer, index) => RecordOf(layer, _places[_sequences.Length + index]))];
    }

    /// <summary>(S, L, Q), recurrent layers first.</summary>
    public Tensor Values { get; }

    /// <summary>(S, recurrent layers, T, quantities of a timestep).</summary>
    public Tensor Timesteps { get; }

    /// <summary>Before the forward pass of a step that is recorded.</summary>
    public void Begin()
    {
        Values.zero_();
        Timesteps.zero_();
        for (var index = 0; index < _sequences.Length; index++) _model.RecurrentLayers[index].Record = _sequences[index];
        for (var index = 0; index < _layers.Length; index++) _model.Layers[index].Record = _layers[index];
    }

    /// <summary>Backward of a step that is recorded.</summary>
    public void Backward(Tensor loss) => _measures.Backward(loss, _model.Parameters.Taken);

    /// <summary>Between backward and the optimiser: gradients and weights.</summary>
    /// <param name="scale_S">What the losses were multiplied by, and parameters' gradients were divided by since; null for nothing.</param>
    public void MeasureGradients(Tensor? scale_S = null)
    {
        End();
        foreach (var layers in _weightGradients)
            _measures.Norm(layers, (int)LayerQuantity.WeightGradient, (int)LayerQuantity.Nonfinite);
        foreach (var layers in _biasGradients)
            _measures.Norm(layers, (int)LayerQuantity.BiasGradient, (int)LayerQuantity.Nonfinite);
        foreach (var layers in _weights) _measures.Norm(layers, (int)LayerQuantity.Weight);
        _measures.Finish();
        if (scale_S is not null)
        {
            foreach (var quantity in (LayerQuantity[])[LayerQuantity.PreactivationGradient, LayerQuantity.ActivationGradient])
                Values.select(2, (long)quantity).div_(scale_S.unsqueeze(1));
        }
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
        End();
        foreach (var layer in _layers) layer.Slopes?.Dispose();
        _measures.Dispose();
        foreach (var layers in (LayerRows[])[.. _weights, .. _weightsBefore, .. _weightGradients, .. _biasGradients]) layers.Dispose();
        foreach (var place in _places) place.Row.Dispose();
        foreach (var sequence in _sequences) sequence.Timesteps.Dispose();
        Values.Dispose();
        Timesteps.Dispose();
        _before.Dispose();
    }

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

    private void End()
    {
        foreach (var layer in _model.RecurrentLayers) layer.Record = null;
        foreach (var layer in _model.Layers) layer.Record = null;
    }

    private LayerRecord RecordOf(MeasuredLayer layer, TableRow row)
    {
        if (layer.Activation?.Nonlinearity is not { } nonlinearity) return LayerRecord.OfOutput(row, _measures);
        return new LayerRecord(row, _measures, nonlinearity.Saturation, SlopeSaturation.Of(nonlinearity, Values.shape[0]));
    }

    private void Norm(Tensor tensor, Tensor table, LayerQuantity quantity) => _backend.MeasureNorm(tensor, table, (int)quantity);
}
