using MathNet.Numerics.Distributions;

namespace GradTorch.Analysis.Statistics;

/// <summary>A share of trials with its 95 % interval by Clopper and Pearson (1934, Biometrika 26, 404), which is exact for independent
/// trials and never too narrow.</summary>
/// <param name="Low">0 where none of the trials succeeded.</param>
/// <param name="High">1 where all of them did.</param>
public sealed record Proportion(int Count, int Trials, double Low, double High)
{
    public double Share => (double)Count / Trials;

    /// <returns>Null without a trial.</returns>
    public static Proportion? Of(int count, int trials)
    {
        if (trials == 0) return null;
        const double Tail = (1 - MeanInterval.Confidence) / 2;
        return new Proportion(
            count, trials,
            count == 0 ? 0 : Beta.InvCDF(count, trials - count + 1, Tail),
            count == trials ? 1 : Beta.InvCDF(count + 1, trials - count, 1 - Tail));
    }

    /// <summary>The largest probability with which none of so many independent trials would succeed in 5 % of cases, 1 − 0.05^(1/n): the
    /// one-sided 95 % bound after none did, about 3/n.</summary>
    /// <param name="trials">One at least.</param>
    public static double BoundOfNever(int trials) => 1 - Math.Pow(1 - MeanInterval.Confidence, 1.0 / trials);
}
