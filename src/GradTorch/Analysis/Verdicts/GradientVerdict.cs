namespace GradTorch.Analysis.Verdicts;

/// <summary>The judgement of one record of one member.</summary>
/// <param name="Step">Of the record.</param>
public sealed record GradientVerdict(long Step, GradientFate Fate, Blame Blame, GradientTrend Trend)
{
    /// <summary>Of the logarithm of the gain, what one factor must have to be blamed alone.</summary>
    private const double MostOfIt = 2.0 / 3;

    public static GradientVerdict Of(long step, GradientTrend trend, GradientLimits limits)
    {
        var fate = FateOf(trend, limits);
        return new GradientVerdict(step, fate, BlameOf(trend, fate), trend);
    }

    private static GradientFate FateOf(GradientTrend trend, GradientLimits limits)
    {
        if (trend.FirstNonfinite is not null || trend.LogRatio >= Math.Log(limits.Exploding)) return GradientFate.Exploding;
        return trend.LogRatio > Math.Log(limits.Vanishing) ? GradientFate.Healthy : GradientFate.Vanishing;
    }

    private static Blame BlameOf(GradientTrend trend, GradientFate fate)
    {
        if (fate == GradientFate.Vanishing && trend.EndsAtOnce) return Blame.Activation;
        if (fate == GradientFate.Healthy || trend is not { WeightGain: { } weights, ActivationGain: { } activation }) return Blame.None;
        // How much each pushes the way it goes.
        var direction = fate == GradientFate.Vanishing ? -1 : 1;
        var (byWeights, byActivation) = (direction * Math.Log(weights), direction * Math.Log(activation));
        if (double.IsNaN(byWeights + byActivation) || byWeights + byActivation <= 0) return Blame.None;
        return (IsMostOfIt(byActivation, byWeights), IsMostOfIt(byWeights, byActivation)) switch
        {
            (true, false) => Blame.Activation,
            (false, true) => Blame.Weights,
            _ => Blame.Both,
        };
    }

    private static bool IsMostOfIt(double one, double other) => one > 0 && one >= MostOfIt * (one + Math.Max(0, other));
}
