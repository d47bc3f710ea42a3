namespace GradTorch.Analysis.Statistics;

/// <summary>The slope of a least-squares line with its 95 % interval by Student's t, which takes the points for independent and
/// equally exact.</summary>
/// <param name="Low">Null of two points, through which any line goes exactly; so is <paramref name="High"/>.</param>
public sealed record LineFit(double Slope, double? Low, double? High)
{
    /// <param name="points">Finite.</param>
    /// <returns>Null of fewer than two different x.</returns>
    public static LineFit? Of(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2) return null;
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        if (spread == 0) return null;
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        if (points.Count == 2) return new LineFit(slope, null, null);
        var rest = points.Sum(point => Square(point.Y - meanY - slope * (point.X - meanX)));
        var reach = MeanInterval.Quantile(points.Count - 2) * Math.Sqrt(rest / (points.Count - 2) / spread);
        return new LineFit(slope, slope - reach, slope + reach);
    }

    private static double Square(double number) => number * number;
}
