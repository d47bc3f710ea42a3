using MathNet.Numerics.RootFinding;

namespace GradTorch.Theory;

/// <summary>How the second moment of pre-activations goes on from a layer to the next: q → σw² E[g(√q z)²] + σb². Poole et al. 2016,
/// arXiv 1606.05340.</summary>
/// <param name="weightVariance">σw², above 0: weights are N(0, σw²/fan_in).</param>
/// <param name="biasVariance">σb², at least 0.</param>
/// <remarks>It grows with q for every activation of the registry, so that layer after layer goes one way, to the next fixed point.
/// </remarks>
public sealed class LengthMap(GaussianUnit unit, double weightVariance, double biasVariance)
{
    /// <summary>A relative change that is not told from rounding.</summary>
    private const double Still = 1e-13;

    /// <summary>Without biases a q as small as this goes on to 0. Further down rounding speaks: exp(z) − 1 has few digits.</summary>
    private const double Smallest = 1e-10;

    private const double Largest = 1e150;

    public double Next(double q) => weightVariance * unit.SecondMoment(q) + biasVariance;

    /// <summary>Its derivative, below 1 at a fixed point that attracts.</summary>
    public double Slope(double q) => weightVariance * unit.MomentSlope(q);

    /// <summary>Where q goes from that of some layer.</summary>
    /// <param name="start">Above 0.</param>
    /// <returns>The limit itself: 0 or infinite where it is not a fixed point between.</returns>
    public (LengthLimit Limit, double Q) From(double start)
    {
        var growth = Growth(start);
        if (Math.Abs(growth) <= Still)
        {
            var isKept = Math.Abs(Growth(2 * start)) <= Still && Math.Abs(Growth(0.5 * start)) <= Still;
            return (isKept ? LengthLimit.Kept : LengthLimit.Converges, start);
        }
        var (q, step) = (start, growth > 0 ? 1.25 : 0.8);
        while (q < Largest && (q > Smallest || biasVariance > 0))
        {
            // Fixed points lie within a few orders of magnitude of 1, and apart.
            var next = q * (Math.Abs(Math.Log(q / start)) < 16 ? step : step * step * Math.Pow(step, 40));
            var there = Growth(next);
            if (Math.Abs(there) <= Still) break;
            if (Math.Sign(there) != Math.Sign(growth)) return (LengthLimit.Converges, Root(q, next));
            q = next;
        }
        return growth > 0 ? (LengthLimit.Diverges, double.PositiveInfinity) : (LengthLimit.Vanishes, 0);
    }

    /// <summary>Of a layer, as a part of q.</summary>
    private double Growth(double q) => Next(q) / q - 1;

    private double Root(double from, double to) => Math.Exp(Brent.FindRoot(
        ln => Growth(Math.Exp(ln)), Math.Log(Math.Min(from, to)), Math.Log(Math.Max(from, to)), accuracy: 1e-14));
}
