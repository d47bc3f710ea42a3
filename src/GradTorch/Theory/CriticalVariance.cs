using MathNet.Numerics.RootFinding;

namespace GradTorch.Theory;

/// <summary>The σw² at which gradients keep their size: χ₁ = 1 at the fixed point of the length map.</summary>
/// <param name="WeightVariance">σw².</param>
/// <param name="Q">q* there: 0 or infinite where it is a limit, and what unit inputs make it where every q is a fixed point.</param>
/// <param name="Limit">Which of these it is.</param>
public sealed record CriticalVariance(double WeightVariance, double Q, LengthLimit Limit)
{
    private const double Tolerance = 1e-12, Smallest = 1e-10, Largest = 1e12, Step = 1.25;

    /// <returns>Null where no σw² makes χ₁ 1: the slope on the way back is 0, or too small for what the activation does.</returns>
    /// <param name="biasVariance">σb², at least 0.</param>
    public static CriticalVariance? Of(GaussianUnit unit, double biasVariance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(biasVariance);
        // σw² = (q − σb²)/E[g²] makes q a fixed point; what remains is χ₁ − 1 as a function of q.
        double WeightVariance(double q) => (q - biasVariance) / unit.SecondMoment(q);
        double Excess(double q) => WeightVariance(q) * unit.SlopeMoment(q) - 1;
        CriticalVariance At(double q, double shown, LengthLimit limit) => new(WeightVariance(q), shown, limit);

        const double most = 1e150;
        // Where g(0) = 0, E[g²] is q E[g′²] near 0.
        var atZero = biasVariance == 0 && unit.SecondMoment(0) < 1 / most ? 1 / unit.DerivativeMoment(0) : 0;
        if (Math.Abs(atZero * unit.SlopeMoment(0) - 1) <= Tolerance)
        {
            return Math.Abs(Excess(1)) <= Tolerance && Math.Abs(Excess(most)) <= Tolerance
                ? At(1, WeightVariance(1), LengthLimit.Kept)
                : new CriticalVariance(atZero, 0, LengthLimit.Vanishes);
        }
        var q = biasVariance == 0 ? Smallest : biasVariance;
        var excess = biasVariance == 0 ? Excess(q) : -1;
        while (q < Largest)
        {
            var next = q * Step;
            var there = Excess(next);
            if (Math.Sign(there) != Math.Sign(excess) && Math.Abs(there) > Tolerance)
            {
                var root = Math.Exp(Brent.FindRoot(ln => Excess(Math.Exp(ln)), Math.Log(q), Math.Log(next), accuracy: 1e-14));
                return At(root, root, LengthLimit.Converges);
            }
            (q, excess) = (next, there);
        }
        return Math.Abs(Excess(most)) <= Tolerance ? At(most, double.PositiveInfinity, LengthLimit.Diverges) : null;
    }
}
