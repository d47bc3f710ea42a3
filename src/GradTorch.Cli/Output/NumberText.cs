using System.Globalization;

namespace GradTorch.Cli.Output;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class NumberText
{
    /// <summary>1.23e-08; 0 only for an exact zero.</summary>
    public static string Scientific(double value) =>
        value == 0 ? "0"
        : double.IsFinite(value) ? value.ToString("0.00e+00", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>e to that power, of any size: 1.23e-612.</summary>
    public static string Exponential(double logarithm)
    {
        if (!double.IsFinite(logarithm)) return Scientific(Math.Exp(logarithm));
        var power = logarithm / Math.Log(10);
        var (exponent, mantissa) = (Math.Floor(power), Math.Pow(10, power - Math.Floor(power)));
        return mantissa >= 9.995 ? Exponential((exponent + 1) * Math.Log(10)) : Invariant($"{mantissa:0.00}e{exponent:+00;-00}");
    }

    /// <summary>A dash for NaN: a ratio of 0 by 0, or the median of nothing.</summary>
    public static string ScientificOrDash(double value) => double.IsNaN(value) ? "–" : Scientific(value);

    /// <summary>Four significant digits.</summary>
    public static string General(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>87.1 %.</summary>
    public static string Percent(double fraction) => Invariant($"{100 * fraction:F1} %");

    /// <summary>60,000.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>12.3 MB, powers of 1000.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Invariant($"{bytes} B"),
        < 1_000_000 => Invariant($"{bytes / 1e3:F1} kB"),
        < 1_000_000_000 => Invariant($"{bytes / 1e6:F1} MB"),
        _ => Invariant($"{bytes / 1e9:F1} GB"),
    };

    /// <summary>12.3 s, 4 min 05 s, 3 h 20 min.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => Invariant($"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 60 } => Invariant($"{time.Minutes} min {time.Seconds:00} s"),
        _ => Invariant($"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };

    /// <summary>2026-01-31T12:34:56.789Z.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>One when it is 1: "1 member", "4 members".</summary>
    public static string Plural(long count, string one) => Count(count) + " " + (count == 1 ? one : one + "s");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
