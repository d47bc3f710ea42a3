namespace GradTorch.Analysis;

/// <summary>The middle of some numbers.</summary>
public static class Median
{
    /// <summary>The mean of the two middle ones where there is no single middle. NaN if any number is NaN: what went wrong
    /// in one must not vanish behind the others; also NaN of no number.</summary>
    public static double Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        // NaN sorts first.
        if (sorted.Length == 0 || double.IsNaN(sorted[0])) return double.NaN;
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return low == high ? low : low / 2 + high / 2;
    }
}
