using MathNet.Numerics.Distributions;

namespace GradTorch.Analysis.Statistics;

/// <summary>How many pairs a test would need.</summary>
public static class SampleSize
{
    /// <summary>How often the test is to find what is there.</summary>
    public const double Power = 0.8;

    /// <summary>Pairs with which a two-sided t-test finds a difference of that size: the normal distribution's number with Guenther's
    /// correction for t (1981, The American Statistician 35, 243), which is within one of the exact number.</summary>
    /// <param name="effect">Cohen's d_z, not 0.</param>
    /// <param name="level">Of significance.</param>
    /// <returns>At least 2; infinite where no number of pairs would do.</returns>
    public static double ForT(double effect, double level)
    {
        var (sure, power) = (Normal.InvCDF(0, 1, 1 - level / 2), Normal.InvCDF(0, 1, Power));
        return Math.Max(2, Math.Ceiling((sure + power) * (sure + power) / (effect * effect) + sure * sure / 2));
    }

    /// <summary>Pairs with which a Wilcoxon test can come below the level at all, when every difference has the same sign.</summary>
    public static int ForWilcoxon(double level)
    {
        var pairs = 1;
        while (WilcoxonTest.LeastPValue(pairs) > level) pairs++;
        return pairs;
    }
}
