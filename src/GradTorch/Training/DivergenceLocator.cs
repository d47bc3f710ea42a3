using GradTorch.Quantities;

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

    /// <param name="values">Layers × quantities of one member, recurrent layers first.</param>
    /// <param name="states">Non-finite elements of h_t: recurrent layers × timesteps of this member.</param>
    /// <param name="gradients">Non-finite elements of ∂L/∂h_t and δ_t, of the same.</param>
    /// <param name="timesteps">T of the recurrent layers; 0 without any.</param>
    /// <returns>As <see cref="Divergence"/> has them. When every layer is finite it is the loss that is not: the output layer.
    /// </returns>
    public static (int Layer, int? Timestep) Place(
        ReadOnlySpan<double> values, ReadOnlySpan<double> states, ReadOnlySpan<double> gradients, int timesteps)
    {
        var layers = values.Length / LayerQuantities.Count;
        for (var layer = 0; layer < layers; layer++)
        {
            if (!Finite(values, layer, Forward))
                return (layer + 1, Timestep(Of(states, layer, timesteps).IndexOfAnyExcept(0)));
        }
        for (var layer = layers - 1; layer >= 0; layer--)
        {
            if (!Finite(values, layer, Backward))
                return (layer + 1, Timestep(Of(gradients, layer, timesteps).LastIndexOfAnyExcept(0)));
        }
        return (layers, null);
    }

    private static int? Timestep(int index) => index < 0 ? null : index + 1;

    /// <summary>The counts of one layer, none of a layer that is not recurrent.</summary>
    private static ReadOnlySpan<double> Of(ReadOnlySpan<double> counts, int layer, int timesteps) =>
        (layer + 1) * timesteps <= counts.Length ? counts.Slice(layer * timesteps, timesteps) : [];

    private static bool Finite(ReadOnlySpan<double> values, int layer, LayerQuantity[] quantities)
    {
        foreach (var quantity in quantities)
        {
            if (!double.IsFinite(values[layer * LayerQuantities.Count + (int)quantity])) return false;
        }
        return true;
    }
}
