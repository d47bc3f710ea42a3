using GradTorch.Quantities;

namespace GradTorch.Analysis.Verdicts;

/// <summary>The gain of the gradient on its way back over a layer, or over a timestep, in its two factors:
/// ‖δ_l‖/‖δ_{l+1}‖ = <see cref="Weights"/> · <see cref="Activation"/>. What lies between two layers beside the weights, such as a
/// norm or a skip connection that joins after the activation, is in the weights' factor; one that joins before goes past the activation and
/// is in its factor.</summary>
/// <param name="Weights">‖∂L/∂a_l‖/‖δ_{l+1}‖; through time ‖∂L/∂h_t‖/‖δ_{t+1}‖. NaN of 0 by 0.</param>
/// <param name="Activation">‖δ_l‖/‖∂L/∂a_l‖; through time ‖δ_t‖/‖∂L/∂h_t‖. NaN of 0 by 0.</param>
public sealed record SplitGain(double Weights, double Activation)
{
    /// <summary>Of layers with all their quantities, from the input to the output layer, which has none.</summary>
    public static IReadOnlyList<SplitGain> OfLayers(IEnumerable<IReadOnlyList<double>> layers) =>
        Of([.. layers], (int)LayerQuantity.PreactivationGradient, (int)LayerQuantity.ActivationGradient);

    /// <summary>Of the timesteps of a recurrent layer with all their quantities; the last has none.</summary>
    public static IReadOnlyList<SplitGain> OfTimesteps(IEnumerable<IReadOnlyList<double>> timesteps) =>
        Of([.. timesteps], (int)TimestepQuantity.PreactivationGradient, (int)TimestepQuantity.HiddenGradient);

    /// <summary>The gains of all places but the last, to which the gradient comes from elsewhere.</summary>
    /// <param name="preactivation">ln‖δ‖ of each place, from the input or from the first timestep on.</param>
    /// <param name="incoming">ln‖∂L/∂a‖ or ln‖∂L/∂h‖ of the same.</param>
    public static IReadOnlyList<SplitGain> OfLogarithms(IReadOnlyList<double> preactivation, IReadOnlyList<double> incoming) =>
    [
        .. Enumerable.Range(0, Math.Max(0, preactivation.Count - 1)).Select(place => new SplitGain(
            Math.Exp(incoming[place] - preactivation[place + 1]), Math.Exp(preactivation[place] - incoming[place]))),
    ];

    private static IReadOnlyList<SplitGain> Of(IReadOnlyList<double>[] places, int preactivation, int incoming) =>
        OfLogarithms([.. places.Select(place => Math.Log(place[preactivation]))], [.. places.Select(place => Math.Log(place[incoming]))]);
}
