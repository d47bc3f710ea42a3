using GradTorch.Analysis.Verdicts;

namespace GradTorch.Cli.Output;

/// <summary>A verdict as JSON.</summary>
/// <param name="Slope">Of ln‖δ‖ over layers or timesteps, above 0 where the gradient gets smaller on its way back; null of fewer than
/// two places, and the bounds of its 95 % interval of fewer than three.</param>
/// <param name="Efolding">Layers or timesteps over which ‖δ‖ changes by a factor e.</param>
/// <param name="Ratio">‖δ‖ of the first layer or timestep by that of the last.</param>
/// <param name="LnRatio">Its logarithm, of any size.</param>
/// <param name="ActivationGain">The activation's factor of the gradient's gain over a layer or timestep, in the mean.</param>
/// <param name="WeightGain">The weights' factor.</param>
/// <param name="Zeros">Layers or timesteps where δ is exactly 0.</param>
/// <param name="FirstNonfinite">The layer or timestep, from 1, where the gradient first is not finite on its way back.</param>
internal record VerdictEntry(
    long Step, GradientFate Verdict, double? Slope, double? SlopeLow, double? SlopeHigh, double? Efolding, double Ratio, double LnRatio, Blame Blame,
    double? ActivationGain, double? WeightGain, int Zeros, int? FirstNonfinite)
{
    public static VerdictEntry Of(GradientVerdict verdict)
    {
        var trend = verdict.Trend;
        return new VerdictEntry(
            verdict.Step, verdict.Fate, trend.Slope?.Slope, trend.Slope?.Low, trend.Slope?.High, trend.EFolding, trend.Ratio, trend.LogRatio,
            verdict.Blame, trend.ActivationGain, trend.WeightGain, trend.Zeros, trend.FirstNonfinite);
    }
}

/// <summary>The verdicts on a member as JSON.</summary>
/// <param name="Worst">Of the record at which the gradient was farthest from keeping its size.</param>
internal sealed record VerdictsEntry(VerdictEntry First, VerdictEntry Last, VerdictEntry Worst)
{
    public static VerdictsEntry Of(MemberVerdicts member) =>
        new(VerdictEntry.Of(member.First), VerdictEntry.Of(member.Last), VerdictEntry.Of(member.Worst));
}
