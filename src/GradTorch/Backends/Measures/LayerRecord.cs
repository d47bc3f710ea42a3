using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Where a layer writes what it sees in a step.</summary>
/// <param name="Row">In the order of <see cref="LayerQuantity"/>.</param>
/// <param name="Measures">For what backward is to bring: it is in the table once that is finished.</param>
/// <param name="Saturation">Activations a ≤ Low or a ≥ High are saturated; null where the slopes must be asked.</param>
/// <param name="Slopes">Counts what is saturated where the activations do not tell it.</param>
public sealed record LayerRecord(
    TableRow Row, LayerMeasures Measures, (double Low, double High)? Saturation, SlopeSaturation? Slopes = null)
{
    private static readonly (double, double) Unbounded = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Of a layer without an activation, of which no unit saturates.</summary>
    public static LayerRecord OfOutput(TableRow row, LayerMeasures measures) => new(row, measures, Unbounded);

    /// <summary>δ is tapped where z enters the activation: what joins or normalises in between is then behind it.</summary>
    public void Preactivation(Tensor z) => Tap(z, LayerQuantity.PreactivationGradient, (int)LayerQuantity.ZeroGradient);

    /// <param name="a">What the layer makes of <paramref name="z"/>; z itself without an activation.</param>
    public void Activation(Tensor z, Tensor a)
    {
        Measures.Activation(
            Wide(a), Row, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd, (int)LayerQuantity.Saturated,
            (int)LayerQuantity.Nonfinite, Saturation);
        Slopes?.Measure(Wide(z), Row.Row, (int)LayerQuantity.Saturated);
        Tap(a, LayerQuantity.ActivationGradient, -1);
    }

    /// <summary>What is measured is float32 or float64.</summary>
    internal static Tensor Wide(Tensor tensor) => tensor.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? tensor.to(float32) : tensor;

    private void Tap(Tensor tensor, LayerQuantity norm, int zeros) =>
        Measures.Tap(tensor, Row, (int)norm, zeros, (int)LayerQuantity.Nonfinite);
}
