using GradTorch.Analysis.Verdicts;

namespace GradTorch.Analysis.Maps;

/// <summary>The judgement of one network of a map.</summary>
/// <param name="X">Number of its value on the first axis, from 0.</param>
/// <param name="Y">On the second.</param>
/// <param name="LogRatio">ln of ‖δ‖ of the first layer or timestep by that of the last: <see cref="GradientTrend.LogRatio"/>.</param>
/// <param name="Slope">Of ln‖δ‖ over layers or timesteps; null of fewer than two.</param>
public sealed record MapPoint(int X, int Y, long Seed, GradientFate Fate, double LogRatio, double? Slope)
{
    public static MapPoint Of(int x, int y, long seed, GradientVerdict verdict) =>
        new(x, y, seed, verdict.Fate, verdict.Trend.LogRatio, verdict.Trend.Slope?.Slope);
}
