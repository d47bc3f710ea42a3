namespace GradTorch.Tests.Oracles;

/// <summary>Singular values of a matrix by one-sided Jacobi rotations, which turn its columns until they are orthogonal: their lengths are
/// the singular values, to the last digits.</summary>
/// <remarks>Golub and Van Loan, Matrix Computations, 8.6.3.</remarks>
internal static class SingularValueOracle
{
    /// <param name="columns">Each column of the matrix; they are overwritten.</param>
    public static double Largest(double[][] columns)
    {
        for (var sweep = 0; sweep < 60; sweep++)
        {
            var turned = false;
            for (var p = 0; p < columns.Length; p++)
            for (var q = p + 1; q < columns.Length; q++) turned |= Turn(columns[p], columns[q]);
            if (!turned) break;
        }
        return columns.Max(MeasureOracle.Norm);
    }

    /// <param name="matrix">Row-major.</param>
    public static double Largest(double[] matrix, int columns) => Largest(
        [.. Enumerable.Range(0, columns).Select(column => matrix.Where((_, index) => index % columns == column).ToArray())]);

    private static bool Turn(double[] x, double[] y)
    {
        var (xx, yy, xy) = (Dot(x, x), Dot(y, y), Dot(x, y));
        if (Math.Abs(xy) <= 1e-15 * Math.Sqrt(xx * yy)) return false;
        var zeta = (yy - xx) / (2 * xy);
        var t = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        var (c, s) = (1 / Math.Sqrt(1 + t * t), t / Math.Sqrt(1 + t * t));
        for (var i = 0; i < x.Length; i++) (x[i], y[i]) = (c * x[i] - s * y[i], s * x[i] + c * y[i]);
        return true;
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (one, other) => one * other).Sum();
}
