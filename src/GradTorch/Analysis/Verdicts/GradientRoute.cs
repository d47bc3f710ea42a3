using System.Globalization;
using GradTorch.Quantities;

namespace GradTorch.Analysis.Verdicts;

/// <summary>The way along which a network's gradient is judged: back through its hidden layers, or through the timesteps of the
/// recurrent layer next to the output, where what comes to a timestep comes from the loss or through time and not through another
/// layer.</summary>
/// <param name="RecurrentLayer">That layer's number, from 1; null where the places are hidden layers.</param>
/// <param name="Places">Their names, from the input or from the first timestep on.</param>
public sealed record GradientRoute(int? RecurrentLayer, IReadOnlyList<string> Places)
{
    /// <summary>What a place is: layer or timestep.</summary>
    public string Unit => RecurrentLayer is null ? "layer" : "timestep";

    /// <param name="layers">Names of all layers, recurrent ones first, the output layer last.</param>
    /// <param name="recurrentLayers">How many of them are recurrent.</param>
    /// <param name="timesteps">Of these; 0 without any.</param>
    public static GradientRoute Of(IReadOnlyList<string> layers, int recurrentLayers, int timesteps) => recurrentLayers == 0
        ? new GradientRoute(null, [.. layers.SkipLast(1)])
        : new GradientRoute(recurrentLayers,
        [
            .. Enumerable.Range(1, timesteps).Select(timestep => string.Create(
                CultureInfo.InvariantCulture, $"timestep {timestep} of {layers[recurrentLayers - 1]}")),
        ]);

    /// <param name="quantities">Of each layer or timestep, in the order of <see cref="LayerQuantities.All"/> or of
    /// <see cref="TimestepQuantities.All"/>; of more than the places, the first.</param>
    public GradientTrend Trend(IReadOnlyList<IReadOnlyList<double>> quantities)
    {
        var (preactivation, incoming) = RecurrentLayer is null
            ? ((int)LayerQuantity.PreactivationGradient, (int)LayerQuantity.ActivationGradient)
            : ((int)TimestepQuantity.PreactivationGradient, (int)TimestepQuantity.HiddenGradient);
        double[] Of(int quantity) => [.. quantities.Take(Places.Count).Select(place => Math.Log(place[quantity]))];
        return GradientTrend.OfLogarithms(Of(preactivation), Of(incoming));
    }

    /// <summary>Of norms of any size.</summary>
    /// <param name="preactivation">ln‖δ‖ of each place; of more than the places, the first.</param>
    /// <param name="incoming">ln‖∂L/∂a‖ of the same.</param>
    public GradientTrend Trend(IEnumerable<double> preactivation, IEnumerable<double> incoming) =>
        GradientTrend.OfLogarithms([.. preactivation.Take(Places.Count)], [.. incoming.Take(Places.Count)]);
}
