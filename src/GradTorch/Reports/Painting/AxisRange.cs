namespace GradTorch.Reports.Painting;

/// <summary>From where to where an axis goes, in the coordinates of the drawing: powers of ten where it is logarithmic.</summary>
internal readonly record struct AxisRange(double Low, double High)
{
    /// <summary>Free room at both ends, of the whole.</summary>
    private const double Margin = 0.05;

    /// <summary>Round enough for all of them that have a place on the axis; a little around one alone.</summary>
    public static AxisRange Of(IEnumerable<double> values, AxisScale scale)
    {
        double[] placed = [.. values.Select(value => Coordinate(value, scale)).Where(double.IsFinite)];
        if (placed.Length == 0) return new AxisRange(0, 1);
        var (low, high) = (placed.Min(), placed.Max());
        var least = scale == AxisScale.Logarithmic ? 1 : Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-3;
        var missing = Math.Max(0, (least > 0 ? least : 1) - (high - low));
        var margin = Margin * (high - low + missing) + missing / 2;
        return new AxisRange(low - margin, high + margin);
    }

    /// <summary>Not finite where a value has no place on the axis.</summary>
    public static double Coordinate(double value, AxisScale scale) => scale switch
    {
        AxisScale.Logarithmic => value > 0 ? Math.Log10(value) : double.NaN,
        AxisScale.Percent => 100 * value,
        _ => value,
    };
}
