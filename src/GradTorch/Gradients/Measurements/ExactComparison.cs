using GradTorch.Models;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>How far a surrogate's gradient is from the exact one: the step is repeated with the activations' own derivatives, forwards the
/// same.</summary>
public sealed class ExactComparison : GradientMeasurement
{
    /// <summary>Cosine of the angle between the two, −1 to 1; NaN where one is 0, as the exact one of a step function is.</summary>
    public const string Cosine = "exact_cosine";

    /// <summary>Norm of the surrogate's by that of the exact one; infinite where that is 0.</summary>
    public const string Ratio = "exact_ratio";

    private readonly EnsembleModel _model;
    private readonly ILayerParameters[] _layers;

    public ExactComparison(EnsembleModel model)
    {
        _model = model;
        _layers = [.. model.RecurrentLayers, .. model.Layers.Select(layer => layer.Linear)];
        // Layer 0 first: all parameters.
        Places = [.. Enumerable.Range(0, _layers.Length + 1).SelectMany(layer => new LayerMeasurePlace[] { new(layer, Cosine), new(layer, Ratio) })];
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        var (surrogate, exact) = (step.Gradients, _model.Parameters.Gradients);
        var columns = new List<Tensor>(Compare(surrogate, exact));
        foreach (var layer in _layers) columns.AddRange(Compare(layer.WeightIn(surrogate), layer.WeightIn(exact)));
        values_SP.copy_(stack(columns, -1));
    }

    /// <returns>Cosine and ratio, each (S).</returns>
    private static Tensor[] Compare(Tensor surrogate, Tensor exact)
    {
        using var scope = NewDisposeScope();
        var ((one, oneNorm, oneScale), (other, otherNorm, otherScale)) = (Scaled(surrogate), Scaled(exact));
        var cosine = (one * other).sum(1) / (oneNorm * otherNorm);
        return [cosine.MoveToOuterDisposeScope(), (oneNorm / otherNorm * (oneScale / otherScale)).MoveToOuterDisposeScope()];
    }

    /// <returns>float64: the elements by the largest one (S, N), their norm (S), and that largest one (S); squares so neither underflow nor
    /// overflow.</returns>
    private static (Tensor Elements, Tensor Norm, Tensor Scale) Scaled(Tensor gradient)
    {
        var wide = gradient.flatten(1).to(float64);
        var largest = wide.abs().amax([1], keepdim: true);
        var scale = where(largest.gt(0), largest, ones_like(largest));
        var elements = wide / scale;
        return (elements, elements.square().sum(1).sqrt(), scale.squeeze(1));
    }
}
