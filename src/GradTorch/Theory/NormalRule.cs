using MathNet.Numerics.Integration;

namespace GradTorch.Theory;

/// <summary>Points z and weights for expectations over N(0, 1): a Gauss–Legendre rule on every piece between edges. Gauss–Hermite
/// alone has errors of some percent where a function has a kink.</summary>
/// <param name="Weights">They sum to 1, up to what lies beyond <see cref="End"/>.</param>
internal sealed record NormalRule(double[] Points, double[] Weights)
{
    /// <summary>What lies beyond 9 standard deviations, 2e-19, is left out.</summary>
    public const double End = 9;

    /// <summary>Exact to degree 31: 15 of a function between its edges, and the density over one standard deviation.</summary>
    private static readonly GaussLegendreRule Between = new(-1, 1, 16);

    /// <param name="edges">In any order; those beyond the end count for nothing. Each standard deviation is one more.</param>
    public static NormalRule Of(IEnumerable<double> edges)
    {
        var (points, weights) = (new List<double>(), new List<double>());
        double[] all = [.. edges.Where(edge => Math.Abs(edge) < End), .. Enumerable.Range(-(int)End, 2 * (int)End + 1)];
        Array.Sort(all);
        for (var piece = 1; piece < all.Length; piece++)
        {
            var (middle, half) = (0.5 * (all[piece - 1] + all[piece]), 0.5 * (all[piece] - all[piece - 1]));
            if (half == 0) continue;
            for (var index = 0; index < Between.Order; index++)
            {
                var z = middle + half * Between.Abscissas[index];
                points.Add(z);
                weights.Add(half * Between.Weights[index] * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI));
            }
        }
        return new NormalRule([.. points], [.. weights]);
    }

    /// <param name="values">Of the function, at the points.</param>
    public double Expectation(Func<int, double> values)
    {
        var sum = 0.0;
        for (var index = 0; index < Weights.Length; index++) sum += Weights[index] * values(index);
        return sum;
    }
}
