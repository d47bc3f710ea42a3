using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Verdicts;

/// <summary>How ‖δ‖ changes along layers or timesteps, at one record of one member. Places are layers from the input on, or
/// timesteps from the first on; the gradient comes to the last of them and goes back to the first.</summary>
/// <param name="Places">How many; the last ones, to which no gradient comes at all, are not among them.</param>
/// <param name="Slope">Of the least-squares line through ln‖δ‖, by place: above 0 where the gradient gets smaller on its way back. It
/// leaves out what is 0 or not finite. Null of fewer than two places.</param>
/// <param name="LogRatio">ln of ‖δ‖ of the first place by that of the last: below 0 where the gradient gets smaller. NaN where δ is 0 in
/// all.</param>
/// <param name="WeightGain">The weights' factor of a place's gain, in the geometric mean; null of fewer than two places.</param>
/// <param name="ActivationGain">The activation's factor.</param>
/// <param name="Zeros">Places where δ is exactly 0.</param>
/// <param name="FirstNonfinite">The place, from 1, where the gradient first is NaN or infinite on its way back; null where it never
/// is.</param>
public sealed record GradientTrend(
    int Places, LineFit? Slope, double LogRatio, double? WeightGain, double? ActivationGain, int Zeros, int? FirstNonfinite)
{
    /// <summary>ln 0.</summary>
    private const double Nothing = double.NegativeInfinity;

    /// <summary>Whether the activation of the last place lets nothing through of what comes to it.</summary>
    public bool EndsAtOnce => Places > 0 && Zeros == Places;

    /// <summary>‖δ‖ of the first place by that of the last; 0 where a double is too small for it.</summary>
    public double Ratio => Math.Exp(LogRatio);

    /// <summary>Places over which ‖δ‖ changes by a factor e; infinite where it does not change.</summary>
    public double? EFolding => Slope is { } line ? 1 / Math.Abs(line.Slope) : null;

    /// <param name="preactivation">ln‖δ‖ of each place, from the input or from the first timestep on.</param>
    /// <param name="incoming">ln‖∂L/∂a‖ or ln‖∂L/∂h‖ of the same.</param>
    public static GradientTrend OfLogarithms(IReadOnlyList<double> preactivation, IReadOnlyList<double> incoming)
    {
        var places = preactivation.Count;
        while (places > 0 && preactivation[places - 1] == Nothing && incoming[places - 1] == Nothing) places--;
        double[] delta = [.. preactivation.Take(places)];
        var points = Enumerable.Range(0, places).Select(place => (X: place + 1.0, Y: delta[place])).Where(point => double.IsFinite(point.Y));
        var gains = SplitGain.OfLogarithms(delta, incoming);
        return new GradientTrend(
            places, LineFit.Of([.. points]), places == 0 ? double.NaN : delta[0] - delta[^1], Mean(gains, gain => gain.Weights),
            Mean(gains, gain => gain.Activation), delta.Count(norm => norm == Nothing),
            Array.FindLastIndex(delta, norm => double.IsNaN(norm) || norm == double.PositiveInfinity) is >= 0 and var last ? last + 1 : null);
    }

    /// <summary>The geometric mean of what is a number.</summary>
    private static double? Mean(IEnumerable<SplitGain> gains, Func<SplitGain, double> factor)
    {
        double[] logarithms = [.. gains.Select(factor).Where(gain => !double.IsNaN(gain)).Select(gain => Math.Log(gain))];
        return logarithms.Length == 0 ? null : Math.Exp(logarithms.Average());
    }
}
