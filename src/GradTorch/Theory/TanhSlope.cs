using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace GradTorch.Theory;

/// <summary>How steep the units of tanh(nx) are: the slope n·sech²(nx) is n at 0, and falls to n^(1−K) at the K-th threshold.
/// </summary>
/// <remarks>A product of slopes keeps its size where the small ones are made up for by large ones, none of which passes n. At
/// K = 1 a unit stops making up for others; at K = 2 it takes another at its steepest to make up for it; at K = depth it takes
/// all others.</remarks>
public static class TanhSlope
{
    /// <summary>The largest slope that n may have for there to be no threshold.</summary>
    public const double Flat = 1;

    /// <summary>t_K = artanh(√(1 − n^−K))/n: for |x| &lt; t_K, and nowhere else, the slope is above n^(1−K).</summary>
    /// <param name="n">Above 0.</param>
    /// <param name="count">K, at least 1.</param>
    /// <returns>Null for n ≤ <see cref="Flat"/>, where no unit is steeper than 1.</returns>
    public static double? Threshold(double n, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (n <= Flat) return null;
        // sech(nt)² = n^−K, so that nt = arcosh(exp s). Of two forms the one that neither overflows nor cancels.
        var s = 0.5 * count * Math.Log(n);
        var u = s < 1 ? Math.Asinh(Math.Sqrt(2 * Math.Exp(s) * Math.Sinh(s))) : s + Math.Log(1 + Math.Sqrt(1 - Math.Exp(-2 * s)));
        return u / n;
    }

    /// <summary>The n whose t_K is the largest.</summary>
    /// <param name="count">K, at least 1.</param>
    public static double Best(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // With u = n·t_K the derivative of t_K by n is 0 where u tanh u = K/2; n is then cosh(u)^(2/K).
        var half = 0.5 * count;
        var u = Brent.FindRoot(u => u * Math.Tanh(u) - half, half, half + 1, accuracy: 1e-14);
        return Math.Exp((u + Math.Log(1 + Math.Exp(-2 * u)) - Constants.Ln2) / half);
    }
}
