using GradTorch.Analysis.Verdicts;

namespace GradTorch.Analysis.Maps;

/// <summary>The judgement of one network of a map.</summary>
/// <param name="X">Number of its value on the first axis, from 0.</param>
/// <param name="Y">On the second.</param>
/// <param name="Fate">Exploding where it diverged.</param>
/// <param name="LogRatio">ln of ‖δ‖ of the first layer or timestep by that of the last: <see cref="GradientTrend.LogRatio"/>. NaN where it
/// diverged.</param>
/// <param name="Slope">Of ln‖δ‖ over layers or timesteps; null of fewer than two, and where it diverged.</param>
/// <param name="DivergedStep">The update that it could not do; null where it did all that were asked for.</param>
public sealed record MapPoint(int X, int Y, long Seed, GradientFate Fate, double LogRatio, double? Slope, long? DivergedStep = null)
{
    public static MapPoint Of(int x, int y, long seed, GradientVerdict verdict) =>
        new(x, y, seed, verdict.Fate, verdict.Trend.LogRatio, verdict.Trend.Slope?.Slope);

    public static MapPoint Diverging(int x, int y, long seed, long step) => new(x, y, seed, GradientFate.Exploding, double.NaN, null, step);
}
