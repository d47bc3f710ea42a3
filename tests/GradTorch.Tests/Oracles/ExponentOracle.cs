using System.Globalization;

namespace GradTorch.Tests.Oracles;

/// <summary>Powers of ten as numbers are written: 3.2E-005 lies in −5.</summary>
internal static class ExponentOracle
{
    /// <returns>n of 10ⁿ ≤ |x| &lt; 10ⁿ⁺¹; null for 0, NaN and the infinities.</returns>
    public static int? Of(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return null;
        // All digits: fewer would round some numbers up into the next power.
        var written = Math.Abs(x).ToString("E40", CultureInfo.InvariantCulture);
        return int.Parse(written[(written.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
    }

    public static Dictionary<int, int> Count(IEnumerable<double> numbers) => numbers.Select(Of).OfType<int>().GroupBy(exponent => exponent)
        .ToDictionary(same => same.Key, same => same.Count());
}
