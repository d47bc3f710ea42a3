using MathNet.Numerics.Distributions;

namespace GradTorch.Analysis.Statistics;

/// <summary>Student's t-test of paired differences: whether their mean is 0.</summary>
/// <param name="PValue">Two-sided.</param>
/// <param name="Effect">Cohen's d_z: the mean by the standard deviation of the differences.</param>
public sealed record PairedTTest(double PValue, double Effect)
{
    /// <returns>Null where the sample does not allow it: fewer than two differences, all of them alike, or one that is not
    /// finite.</returns>
    public static PairedTTest? Of(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2 || !differences.All(double.IsFinite)) return null;
        var mean = differences.Average();
        var deviation = Math.Sqrt(MeanInterval.Variance(differences, mean));
        if (deviation == 0) return null;
        var t = mean / (deviation / Math.Sqrt(differences.Count));
        return new PairedTTest(2 * StudentT.CDF(location: 0, scale: 1, differences.Count - 1, -Math.Abs(t)), mean / deviation);
    }
}
