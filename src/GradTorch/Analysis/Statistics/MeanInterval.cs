using MathNet.Numerics.Distributions;

namespace GradTorch.Analysis.Statistics;

/// <summary>A mean and where it may lie: its 95 % interval by Student's t.</summary>
/// <param name="Mean">NaN of no number.</param>
/// <param name="Low">Null of fewer than two numbers, of which no spread is known; so is <paramref name="High"/>.</param>
/// <param name="Count">How many numbers.</param>
public sealed record MeanInterval(double Mean, double? Low, double? High, int Count)
{
    /// <summary>That of the interval.</summary>
    public const double Confidence = 0.95;

    public static MeanInterval Of(IReadOnlyCollection<double> numbers)
    {
        var (count, mean) = (numbers.Count, numbers.Count == 0 ? double.NaN : numbers.Average());
        if (count < 2) return new MeanInterval(mean, null, null, count);
        var reach = Quantile(count - 1) * Math.Sqrt(Variance(numbers, mean) / count);
        return new MeanInterval(mean, mean - reach, mean + reach, count);
    }

    /// <summary>n − 1 in the denominator.</summary>
    internal static double Variance(IReadOnlyCollection<double> numbers, double mean) =>
        numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Count - 1);

    /// <summary>How many standard errors the interval reaches to either side.</summary>
    internal static double Quantile(int degreesOfFreedom) =>
        StudentT.InvCDF(location: 0, scale: 1, degreesOfFreedom, 1 - (1 - Confidence) / 2);
}
