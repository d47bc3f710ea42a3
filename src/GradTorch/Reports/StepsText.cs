using System.Globalization;

namespace GradTorch.Reports;

/// <summary>Steps of several runs in a title.</summary>
internal static class StepsText
{
    /// <summary>step 7,950, or steps 40 to 7,950.</summary>
    public static string Of(IEnumerable<long> steps)
    {
        long[] distinct = [.. steps.Distinct().Order()];
        return distinct is [var one]
            ? string.Create(CultureInfo.InvariantCulture, $"step {one:N0}")
            : string.Create(CultureInfo.InvariantCulture, $"steps {distinct[0]:N0} to {distinct[^1]:N0}");
    }
}
