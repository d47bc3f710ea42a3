namespace GradTorch.Tests.Oracles;

/// <summary>What is measured of one member's elements, from the definitions.</summary>
internal static class MeasureOracle
{
    /// <summary>√Σx², the elements divided by the largest first.</summary>
    public static double Norm(double[] x)
    {
        var largest = x.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(x.Sum(element => Math.Pow(element / largest, 2)));
    }

    public static double Mean(double[] x) => x.Sum() / x.Length;

    /// <summary>√(Σ(x − mean)² / (n − 1)): NaN for one element.</summary>
    public static double Deviation(double[] x)
    {
        var mean = Mean(x);
        return Math.Sqrt(x.Sum(element => Math.Pow(element - mean, 2)) / (x.Length - 1));
    }

    public static double Fraction(double[] x, Func<double, bool> condition) => (double)x.Count(condition) / x.Length;
}
