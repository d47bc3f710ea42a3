namespace GradTorch.Tests.Oracles;

/// <summary>Cosine of the angle between two vectors, and the norm of the first by that of the second.</summary>
internal static class AngleOracle
{
    public static (double Cosine, double Ratio) Of(double[] x, double[] y)
    {
        var (dot, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            dot += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return (dot / Math.Sqrt(xx * yy), Math.Sqrt(xx / yy));
    }
}
