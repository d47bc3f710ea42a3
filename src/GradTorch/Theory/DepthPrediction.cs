using GradTorch.Activations;

namespace GradTorch.Theory;

/// <summary>Activations and gradients layer by layer, from the inputs on, whether or not there is a fixed point. Schoenholz et al. 2017,
/// arXiv 1611.01232; of residual nets Yang &amp; Schoenholz 2017, arXiv 1712.08969.</summary>
/// <remarks>For wide layers, without normalisation and dropout: the weights that a gradient comes back by are taken to be independent
/// of those that made the activations. A part of the gradient, 1/width of it at the top, lies along the activations and changes by
/// (E[x h g]/E[g²])² a layer; where that is more than χ, as of ReLU with the sigmoid function as its slope, narrow and deep nets have
/// larger gradients than predicted.</remarks>
public static class DepthPrediction
{
    /// <param name="member">Whose slopes and scales count.</param>
    /// <param name="weightVariances">fan_in · var(W) of each hidden layer from the first, above 0; widths count for nothing beside.</param>
    /// <param name="biasVariance">σb², at least 0.</param>
    /// <param name="inputMoment">E[x²] of the inputs, above 0.</param>
    /// <param name="skips">Null without.</param>
    /// <exception cref="ArgumentException">The skips do not divide the depth, or there is no layer.</exception>
    public static IReadOnlyList<LayerPrediction> Of(
        Nonlinearity nonlinearity, int member, IReadOnlyList<double> weightVariances, double biasVariance, double inputMoment,
        SkipPath? skips = null)
    {
        if (weightVariances.Count == 0) throw new ArgumentException("a network has at least one hidden layer", nameof(weightVariances));
        if (skips is not null && weightVariances.Count % skips.Every != 0)
            throw new ArgumentException($"a skip over {skips.Every} layers does not divide {weightVariances.Count}", nameof(skips));
        var unit = new GaussianUnit(nonlinearity, member);
        var q = SecondMoments(unit, weightVariances, biasVariance, inputMoment, skips);
        double[] gains = [.. q.Select(unit.SlopeMoment)];
        var ln = skips is null ? Plain(gains, weightVariances)
            : skips.BeforeActivation ? JoinedBefore(gains, weightVariances, skips)
            : JoinedAfter(gains, weightVariances, skips);
        return [.. q.Select((moment, n) => new LayerPrediction(n + 1, moment, ln[n], n + 1 < ln.Length ? Difference(ln[n], ln[n + 1]) : 0))];
    }

    private static double[] SecondMoments(
        GaussianUnit unit, IReadOnlyList<double> weightVariances, double biasVariance, double inputMoment, SkipPath? skips)
    {
        var moments = new double[weightVariances.Count];
        // Second moments of the activations below and of the stream, and the stream's mean, 0 in inputs.
        var (below, stream, mean) = (inputMoment, inputMoment, 0.0);
        if (skips is { IsProjected: true }) stream = weightVariances[0] * inputMoment;
        for (var n = 0; n < moments.Length; n++)
        {
            var q = weightVariances[n] * below + biasVariance;
            var joins = skips is not null && (n + 1) % skips.Every == 0;
            if (joins && skips!.BeforeActivation) stream = q = stream + skips.Scale * skips.Scale * q;
            below = unit.SecondMoment(q);
            if (joins && !skips!.BeforeActivation)
            {
                var own = skips.Scale * unit.Mean(q);
                below = stream = stream + 2 * mean * own + skips.Scale * skips.Scale * below;
                mean += own;
            }
            moments[n] = q;
        }
        return moments;
    }

    /// <summary>δ_n = h(z_n) ⊙ W_{n+1} δ_{n+1}.</summary>
    private static double[] Plain(double[] gains, IReadOnlyList<double> weightVariances)
    {
        var ln = new double[gains.Length];
        for (var n = ln.Length - 2; n >= 0; n--) ln[n] = ln[n + 1] + Math.Log(weightVariances[n + 1] * gains[n]);
        return ln;
    }

    /// <summary>∂L/∂r_{n−k} = ∂L/∂r_n + h(r_{n−k}) ⊙ W_{n−k+1} δ_{n−k+1}; the branch begins with s ∂L/∂r_n.</summary>
    private static double[] JoinedBefore(double[] gains, IReadOnlyList<double> weightVariances, SkipPath skips)
    {
        var ln = new double[gains.Length];
        for (var end = ln.Length - 1; end >= 0; end -= skips.Every)
        {
            var branch = ln[end] + 2 * Math.Log(skips.Scale);
            for (var n = end - 1; n >= Math.Max(end - skips.Every, 0); n--)
            {
                branch += Math.Log(weightVariances[n + 1] * gains[n]);
                ln[n] = n == end - skips.Every ? LnOfSum(ln[end], branch) : branch;
            }
        }
        return ln;
    }

    /// <summary>∂L/∂r_{n−k} = ∂L/∂r_n + W_{n−k+1} δ_{n−k+1}, and δ_n = s h(z_n) ⊙ ∂L/∂r_n.</summary>
    private static double[] JoinedAfter(double[] gains, IReadOnlyList<double> weightVariances, SkipPath skips)
    {
        var (ln, stream) = (new double[gains.Length], 0.0);
        for (var end = ln.Length - 1; end >= 0; end -= skips.Every)
        {
            ln[end] = stream + 2 * Math.Log(skips.Scale) + Math.Log(gains[end]);
            for (var n = end - 1; n > end - skips.Every; n--) ln[n] = ln[n + 1] + Math.Log(weightVariances[n + 1] * gains[n]);
            var first = end - skips.Every + 1;
            stream = LnOfSum(stream, ln[first] + Math.Log(weightVariances[first]));
        }
        // Relative to the last layer's.
        return [.. ln.Select(value => Difference(value, ln[^1]))];
    }

    /// <summary>ln(exp x + exp y), also where both are too small for float64.</summary>
    private static double LnOfSum(double x, double y)
    {
        var (less, more) = (Math.Min(x, y), Math.Max(x, y));
        return double.IsNegativeInfinity(less) ? more : more + Math.Log(1 + Math.Exp(less - more));
    }

    /// <summary>Of two logarithms: nothing is still nothing of nothing.</summary>
    private static double Difference(double ln, double other) => double.IsNegativeInfinity(ln) ? ln : ln - other;
}
