using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;

namespace GradTorch.Analysis.Dynamics;

/// <summary>What the first record says of each member and place, as predictors of what becomes of the gradient there.</summary>
/// <param name="Records">Of each member.</param>
/// <param name="Names">Of the predictors.</param>
/// <param name="Places">Those that have a model: all but the last, by which the others are measured.</param>
public sealed record InitialStatistics(IReadOnlyList<string> Names, int Places, IReadOnlyDictionary<int, RouteRecord> Records, GradientRoute Route)
{
    /// <summary>The smallest number above 0 of float32, for what is exactly 0 has no logarithm.</summary>
    private const double Smallest = 1.401298464324817e-45;

    private static readonly string[] OfLayers = ["ln_delta_ratio", "ln_weight", "activation_std", "saturated"];

    private static readonly string[] OfTimesteps = ["ln_delta_ratio", "zero_gradient"];

    /// <param name="first">The first record of each member.</param>
    internal static InitialStatistics Of(GradientRoute route, IReadOnlyDictionary<int, RouteRecord> first) =>
        new(route.RecurrentLayer is null ? OfLayers : OfTimesteps, route.Places.Count - 1, first, route);

    /// <summary>The predictors, in the order of their names.</summary>
    internal double[] Of(int member, int place)
    {
        var places = Records[member].Quantities;
        double Layer(LayerQuantity quantity) => places[place][(int)quantity];
        return Route.RecurrentLayer is null
            ? [LogRatio(places, place, (int)LayerQuantity.PreactivationGradient), Log(Layer(LayerQuantity.Weight)), Layer(LayerQuantity.ActivationStd), Layer(LayerQuantity.Saturated)]
            : [LogRatio(places, place, (int)TimestepQuantity.PreactivationGradient), places[place][(int)TimestepQuantity.ZeroGradient]];
    }

    private static double LogRatio(IReadOnlyList<IReadOnlyList<double>> places, int place, int quantity) =>
        Log(places[place][quantity]) - Log(places[^1][quantity]);

    private static double Log(double norm) => Math.Log(Math.Max(norm, Smallest));
}
