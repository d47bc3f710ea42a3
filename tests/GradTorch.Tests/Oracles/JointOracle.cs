namespace GradTorch.Tests.Oracles;

/// <summary>Joint histograms, element by element against every edge.</summary>
internal static class JointOracle
{
    /// <param name="width">Of a bin of x; edges are at −7 to 7 of it.</param>
    /// <returns>The cells that hold something, by bin of x and bin of the gradient.</returns>
    public static Dictionary<(int X, int Gradient), long> Count(double[] values, double[] gradients, double width) => values.Zip(gradients)
        .GroupBy(pair => (ColumnOf(pair.First, width), RowOf(pair.Second))).ToDictionary(cell => cell.Key, cell => (long)cell.Count());

    /// <summary>Pearson's correlation of |x| and ln|g|, where both are finite.</summary>
    public static double Correlation(double[] values, double[] gradients)
    {
        var pairs = values.Zip(gradients, (x, g) => (X: Math.Abs(x), Y: Math.Log(Math.Abs(g)))).Where(pair => double.IsFinite(pair.X) && double.IsFinite(pair.Y)).ToList();
        return MathNet.Numerics.Statistics.Correlation.Pearson(pairs.Select(pair => pair.X), pairs.Select(pair => pair.Y));
    }

    private static int ColumnOf(double x, double width)
    {
        if (!double.IsFinite(x)) return 16;
        var column = 0;
        for (var edge = -7; edge <= 7; edge++)
        {
            if (x >= edge * width) column++;
        }
        return column;
    }

    private static int RowOf(double gradient)
    {
        if (gradient == 0) return 0;
        if (!double.IsFinite(gradient)) return 17;
        var row = 1;
        for (var exponent = -28; exponent <= 0; exponent += 2)
        {
            if (Math.Abs(gradient) >= double.Parse($"1e{exponent}", System.Globalization.CultureInfo.InvariantCulture)) row++;
        }
        return row;
    }
}
