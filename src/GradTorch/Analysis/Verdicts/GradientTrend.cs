using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Verdicts;

/// <summary>How ‖δ‖ changes along layers or timesteps, at one record of one member. Places are layers from the input on, or
/// timesteps from the first on; the gradient comes to the last of them and goes back to the first.</summary>
/// <param name="Places">How many; the last ones, to which no gradient comes at all, are not among them.</param>
/// <param name="Slope">Of the least-squares line through ln‖δ‖, by place: above 0 where the gradient gets smaller on its way back. It
/// leaves out what is 0 or not finite. Null of fewer than two places.</param>
/// <param name="Ratio">‖δ‖ of the first place by that of the last: below 1 where the gradient gets smaller. NaN where δ is 0 in
/// all.</param>
/// <param name="WeightGain">The weights' factor of a place's gain, in the geometric mean; null of fewer than two places.</param>
/// <param name="ActivationGain">The activation's factor.</param>
/// <param name="Zeros">Places where δ is exactly 0.</param>
/// <param name="FirstNonfinite">The place, from 1, where the gradient first is NaN or infinite on its way back; null where it never
/// is.</param>
public sealed record GradientTrend(
    int Places, LineFit? Slope, double Ratio, double? WeightGain, double? ActivationGain, int Zeros, int? FirstNonfinite)
{
    /// <summary>Whether the activation of the last place lets nothing through of what comes to it.</summary>
    public bool EndsAtOnce => Places > 0 && Zeros == Places;

    /// <summary>Places over which ‖δ‖ changes by a factor e; infinite where it does not change.</summary>
    public double? EFolding => Slope is { } line ? 1 / Math.Abs(line.Slope) : null;

    /// <param name="preactivation">‖δ‖ of each place, from the input or from the first timestep on.</param>
    /// <param name="incoming">‖∂L/∂a‖ or ‖∂L/∂h‖ of the same.</param>
    public static GradientTrend Of(IReadOnlyList<double> preactivation, IReadOnlyList<double> incoming)
    {
        var places = preactivation.Count;
        while (places > 0 && preactivation[places - 1] == 0 && incoming[places - 1] == 0) places--;
        double[] delta = [.. preactivation.Take(places)];
        var points = Enumerable.Range(0, places).Select(place => (X: place + 1.0, Y: Math.Log(delta[place]))).Where(point => double.IsFinite(point.Y));
        var gains = SplitGain.Of(delta, incoming);
        return new GradientTrend(
            places, LineFit.Of([.. points]), places == 0 ? double.NaN : delta[0] / delta[^1], Mean(gains, gain => gain.Weights),
            Mean(gains, gain => gain.Activation), delta.Count(norm => norm == 0),
            Array.FindLastIndex(delta, norm => !double.IsFinite(norm)) is >= 0 and var last ? last + 1 : null);
    }

    /// <summary>The geometric mean of what is a number.</summary>
    private static double? Mean(IEnumerable<SplitGain> gains, Func<SplitGain, double> factor)
    {
        double[] logarithms = [.. gains.Select(factor).Where(gain => !double.IsNaN(gain)).Select(gain => Math.Log(gain))];
        return logarithms.Length == 0 ? null : Math.Exp(logarithms.Average());
    }
}
