using MathNet.Numerics.Distributions;

namespace GradTorch.Analysis.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test of paired differences: whether they are symmetric about 0. It asks for no distribution, and a
/// difference may be infinite: it has the highest rank.
/// </summary>
/// <remarks>
/// Differences of 0 are left out, as in Wilcoxon 1945 (Biometrics Bulletin 1, 80), and equal ones share the mean of their ranks.
/// Up to <see cref="MostExact"/> differences p is exact, ties included: all 2ⁿ signs are counted. Beyond, it is that of the normal
/// distribution with the variance corrected for ties.
/// </remarks>
/// <param name="PValue">Two-sided; 1 where all differences are 0, which is evidence of nothing.</param>
/// <param name="Effect">Matched-pairs rank-biserial correlation: the ranks of positive differences less those of negative ones, by all
/// ranks; −1 to 1 (Kerby 2014, Comprehensive Psychology 3, 11.IT.3.1).</param>
/// <param name="Count">Differences that are not 0.</param>
public sealed record WilcoxonTest(double PValue, double Effect, int Count)
{
    /// <summary>Differences of which p is exact.</summary>
    public const int MostExact = 200;

    /// <summary>The least p that so many differences can give, when all have one sign: 2/2ⁿ.</summary>
    public static double LeastPValue(int count) => Math.Min(1, Math.ScaleB(2, -count));

    /// <param name="differences">None is NaN.</param>
    public static WilcoxonTest Of(IEnumerable<double> differences)
    {
        double[] sorted = [.. differences.Where(difference => difference != 0).OrderBy(Math.Abs)];
        if (sorted.Length == 0) return new WilcoxonTest(1, 0, 0);
        var ranks = TwiceTheRanks(sorted);
        long positive = ranks.Where((_, index) => sorted[index] > 0).Sum(), all = ranks.Sum();
        var less = Math.Min(positive, all - positive);
        var p = sorted.Length <= MostExact ? Exact(ranks, less) : Approximate(ranks, less);
        return new WilcoxonTest(Math.Min(1, p), (2.0 * positive - all) / all, sorted.Length);
    }

    /// <summary>Whole numbers, for the mean of two ranks is half of one.</summary>
    private static long[] TwiceTheRanks(double[] sorted)
    {
        var ranks = new long[sorted.Length];
        for (var (first, end) = (0, 0); first < sorted.Length; first = end)
        {
            while (end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[first])) end++;
            // Ranks first + 1 to end.
            Array.Fill(ranks, first + 1 + end, first, end - first);
        }
        return ranks;
    }

    /// <summary>Twice the share of all signs that give no more than <paramref name="less"/>.</summary>
    private static double Exact(long[] ranks, long less)
    {
        // shares[w]: of the signs of the ranks so far, those whose positive ranks sum to w.
        var shares = new double[less + 1];
        shares[0] = 1;
        foreach (var rank in ranks)
        {
            for (var sum = less; sum >= 0; sum--)
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
        }
        return 2 * shares.Sum();
    }

    private static double Approximate(long[] ranks, long less)
    {
        // Each rank is in or out by a coin: mean R/2, variance Σr²/4, which the mean ranks of ties make smaller by themselves.
        var (mean, deviation) = (ranks.Sum() / 2.0, Math.Sqrt(ranks.Sum(rank => (double)rank * rank)) / 2);
        return 2 * Normal.CDF(0, 1, (less - mean) / deviation);
    }
}
