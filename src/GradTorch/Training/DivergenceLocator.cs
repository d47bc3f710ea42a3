using GradTorch.Gradients;

namespace GradTorch.Training;

/// <summary>Says where a NaN or an infinity began, from one record of all layers.</summary>
public static class DivergenceLocator
{
    // Not the deviation: that of a single activation is NaN, and that of finite ones may overflow.
    private static readonly LayerQuantity[] Forward = [LayerQuantity.ActivationMean];

    private static readonly LayerQuantity[] Backward =
    [
        LayerQuantity.ActivationGradient, LayerQuantity.PreactivationGradient, LayerQuantity.WeightGradient,
        LayerQuantity.BiasGradient,
    ];

    /// <param name="values">Layers × quantities of one member.</param>
    /// <returns>The layer, from 1. When every layer is finite it is the loss that is not: the output layer.</returns>
    public static int Layer(ReadOnlySpan<double> values)
    {
        var layers = values.Length / LayerQuantities.Count;
        for (var layer = 0; layer < layers; layer++)
        {
            if (!Finite(values, layer, Forward)) return layer + 1;
        }
        for (var layer = layers - 1; layer >= 0; layer--)
        {
            if (!Finite(values, layer, Backward)) return layer + 1;
        }
        return layers;
    }

    private static bool Finite(ReadOnlySpan<double> values, int layer, LayerQuantity[] quantities)
    {
        foreach (var quantity in quantities)
        {
            if (!double.IsFinite(values[layer * LayerQuantities.Count + (int)quantity])) return false;
        }
        return true;
    }
}
