using MathNet.Numerics.RootFinding;

namespace GradTorch.Theory;

/// <summary>How the correlation of two inputs goes on from a layer to the next, at a fixed point of the length map:
/// c → (σw² E[g(u₁) g(u₂)] + σb²)/q with u₁ and u₂ of variance q and correlation c. Poole et al. 2016, arXiv 1606.05340.</summary>
/// <remarks>A power series in c without negative terms that is 1 at 1: where its slope there is at most 1, c* = 1 is the only
/// fixed point from 0 to 1; else there is one more below, and that attracts.</remarks>
public sealed class CorrelationMap
{
    /// <summary>Points handed over at once.</summary>
    private const int MostPoints = 1 << 20;

    /// <summary>Distances from a kink, in the width by which it is smoothed.</summary>
    private static readonly double[] NearKinks = [-9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9];

    private readonly GaussianUnit _unit;
    private readonly double _weightVariance;
    private readonly double _deviation;
    private readonly double _next;
    private readonly double _biasVariance;

    /// <param name="q">Second moment of pre-activations, above 0. Where it is not a fixed point the correlation is that of the next layer,
    /// whose second moment is another.</param>
    public CorrelationMap(GaussianUnit unit, double weightVariance, double biasVariance, double q)
    {
        (_unit, _weightVariance, _biasVariance) = (unit, weightVariance, biasVariance);
        _deviation = GaussianUnit.Deviation(q);
        _next = weightVariance * unit.SecondMoment(q) + biasVariance;
        SlopeAtOne = unit.HasJumps ? double.PositiveInfinity : weightVariance * unit.DerivativeMoment(q) * q / _next;
    }

    /// <summary>Of the map at c = 1: σw² E[g′²] at a fixed point; infinite where g jumps, which tears the nearest inputs apart.</summary>
    public double SlopeAtOne { get; }

    /// <param name="c">0 to 1.</param>
    public double Next(double c) => c >= 1 ? 1 : At(c).Next;

    /// <summary>Derivative of the map: σw² E[g′(u₁) g′(u₂)] at a fixed point, jumps included.</summary>
    /// <param name="c">0 to 1.</param>
    public double Slope(double c) => c >= 1 ? SlopeAtOne : At(c).Slope;

    /// <summary>c*, to which every correlation from 0 on goes.</summary>
    public double FixedPoint()
    {
        if (SlopeAtOne <= 1) return 1;
        // Less the fixed point at 1, by dividing by the distance to it.
        double Rest(double c) => c >= 1 ? Math.Max(1 - SlopeAtOne, -1) : (Next(c) - c) / (1 - c);
        const double rounding = 1e-14;
        return Rest(0) <= rounding ? 0 : Brent.FindRoot(Rest, 0, 1, accuracy: 1e-11);
    }

    /// <remarks>u₁ and u₂ are what they share, √(cq) z, and each its own part. Given z they are independent: E[g(u₁) g(u₂)] is the
    /// second moment of G(z) = E[g(√(cq) z + √((1−c)q) y)], and E[g′(u₁) g′(u₂)] that of its derivative, E[y g(…)]/√((1−c)q).</remarks>
    private (double Next, double Slope) At(double c)
    {
        var (shared, own) = (Math.Sqrt(c), Math.Sqrt(1 - c));
        var outer = OuterRule(shared, own);
        var (moment, slope) = (0.0, 0.0);
        for (var first = 0; first < outer.Points.Length;)
        {
            var (inner, points) = (new List<NormalRule>(), new List<double>());
            for (; first + inner.Count < outer.Points.Length && points.Count < MostPoints;)
            {
                var z = outer.Points[first + inner.Count];
                inner.Add(NormalRule.Of(_unit.Forward.Pieces.Edges.Select(edge => (edge / _deviation - shared * z) / own)));
                foreach (var y in inner[^1].Points) points.Add(_deviation * (shared * z + own * y));
            }
            var (g, at) = (_unit.Forward.At([.. points]), 0);
            foreach (var rule in inner)
            {
                var (start, weight) = (at, outer.Weights[first++]);
                var smoothed = rule.Expectation(index => g[start + index]);
                var derivative = rule.Expectation(index => rule.Points[index] * g[start + index]) / own;
                moment += weight * smoothed * smoothed;
                slope += weight * derivative * derivative;
                at += rule.Points.Length;
            }
        }
        return ((_weightVariance * moment + _biasVariance) / _next, _weightVariance * slope / _next);
    }

    /// <summary>G is smooth, but where g is not it bends within √(1−c)/√c.</summary>
    private NormalRule OuterRule(double shared, double own) => shared == 0 ? NormalRule.Of([]) : NormalRule.Of(
    [
        .. _unit.Forward.Pieces.Edges.Select(edge => edge / _deviation / shared),
        .. _unit.Kinks.SelectMany(kink => NearKinks.Select(distance => (kink / _deviation + own * distance) / shared)),
    ]);
}
