using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GradTorch.Reports.Painting;

/// <summary>Marks of an axis with their numbers, the same in every culture.</summary>
internal static class AxisTicks
{
    private static readonly double[] Mantissas = [1, 2, 5, 10];

    /// <param name="most">As many as there is room for.</param>
    /// <param name="whole">Whether only whole numbers have a meaning on it.</param>
    public static ITickGenerator Of(AxisRange range, AxisScale scale, int most, bool whole = false)
    {
        var logarithmic = scale == AxisScale.Logarithmic;
        if (logarithmic && range.High - range.Low < 2) return Manual(Within(range, Fine(range)), power => Number(Math.Pow(10, power)));
        var step = Step((range.High - range.Low) / most, whole || logarithmic);
        var first = (long)Math.Ceiling(range.Low / step);
        var count = (int)Math.Max(0, (long)Math.Floor(range.High / step) - first + 1);
        return Manual(
            Enumerable.Range(0, count).Select(index => (first + index) * step),
            logarithmic ? Power : value => value.ToString(Math.Abs(value) >= 1e6 ? "0.##e+0" : "#,0.######", CultureInfo.InvariantCulture));
    }

    /// <summary>Places that have a name or a number of their own.</summary>
    public static ITickGenerator Named(IReadOnlyList<string> names, int most)
    {
        var step = (int)Step(Math.Max(1, names.Count - 1) / (double)most, whole: true);
        return Manual(Enumerable.Range(0, names.Count).Where(index => index % step == 0).Select(index => (double)index), index => names[(int)index]);
    }

    /// <summary>Names from 0 down.</summary>
    public static ITickGenerator Down(IReadOnlyList<string> names) =>
        Manual(Enumerable.Range(0, names.Count).Select(index => -(double)index), place => names[(int)-place]);

    /// <summary>1, 2 or 5 times a power of ten, no smaller than that.</summary>
    private static double Step(double least, bool whole)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = Mantissas.Select(mantissa => mantissa * power).First(candidate => candidate >= least * (1 - 1e-9));
        return whole ? Math.Max(1, Math.Round(step)) : step;
    }

    /// <summary>1, 2 and 5 of each power.</summary>
    private static IEnumerable<double> Fine(AxisRange range) =>
        from power in Enumerable.Range((int)Math.Floor(range.Low), 4)
        from mantissa in Mantissas.SkipLast(1)
        select power + Math.Log10(mantissa);

    private static IEnumerable<double> Within(AxisRange range, IEnumerable<double> places) =>
        places.Where(place => place >= range.Low && place <= range.High);

    private static string Power(double power) => power is >= -2 and <= 3 ? Number(Math.Pow(10, power)) : Invariant($"1e{power:0}");

    private static string Number(double value) => value is >= 0.001 and < 10_000
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString("0e0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static NumericManual Manual(IEnumerable<double> places, Func<double, string> text)
    {
        double[] at = [.. places];
        return new NumericManual(at, [.. at.Select(text)]);
    }
}
