using GradTorch.Activations;

namespace GradTorch.Theory;

/// <summary>What becomes of activations and gradients in many wide layers with random weights N(0, σw²/fan_in) and biases
/// N(0, σb²). Poole et al. 2016, arXiv 1606.05340; Schoenholz et al. 2017, arXiv 1611.01232.</summary>
/// <param name="Limit">Whether q has a fixed point; where it has none the rest is that of its limit.</param>
/// <param name="Q">q*, the second moment of pre-activations that the length map goes to.</param>
/// <param name="Chi">χ₁ = σw² E[h²] at q*, h what backward multiplies by: ‖δ‖² of a layer over that of the layer above, on
/// average.</param>
/// <param name="ForwardChi">σw² E[g′²], with the exact derivative of the forward whatever backward does: the slope of the
/// correlation map at c = 1 where q* is a fixed point. Infinite where g jumps.</param>
/// <param name="GradientDepth">ξ = −1/ln χ₁: over ξ layers towards the input ‖δ‖² shrinks by e. Below 0 the gradient grows, by e
/// over |ξ| layers; infinite where it keeps its size; 0 where nothing comes back. (‖δ‖ itself takes twice as many.)</param>
/// <param name="LengthDepth">ξ_q = −1/ln of the length map's slope at q*: over so many layers the distance to q* shrinks by e. Null where
/// q diverges, infinite where the approach is slower than exponential or q is kept.</param>
/// <param name="Correlation">c*, what the correlation of any two inputs goes to. Null where q vanishes or diverges.</param>
/// <param name="CorrelationDepth">ξ_c = −1/ln of the correlation map's slope at c*: over so many layers the distance to c* shrinks
/// by e; infinite at criticality. Null with c*.</param>
/// <param name="Phase">By <paramref name="ForwardChi"/>.</param>
public sealed record MeanField(
    LengthLimit Limit, double Q, double Chi, double ForwardChi, double GradientDepth, double? LengthDepth,
    double? Correlation, double? CorrelationDepth, Phase Phase)
{
    /// <summary>A slope within this of 1 counts as 1.</summary>
    public const double CriticalWidth = 1e-6;

    /// <summary>What a χ of 1 may be off by.</summary>
    private const double Rounding = 1e-12;

    /// <param name="member">Whose slopes and scales count.</param>
    /// <param name="weightVariance">σw², above 0.</param>
    /// <param name="biasVariance">σb², at least 0.</param>
    public static MeanField Of(Nonlinearity nonlinearity, int member, double weightVariance, double biasVariance) =>
        Of(new GaussianUnit(nonlinearity, member), weightVariance, biasVariance);

    /// <param name="inputMoment">E[x²] of the inputs, above 0: where there are several fixed points, or all q are, it decides. Standardised
    /// inputs have 1.</param>
    public static MeanField Of(GaussianUnit unit, double weightVariance, double biasVariance, double inputMoment = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weightVariance);
        ArgumentOutOfRangeException.ThrowIfNegative(biasVariance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputMoment);
        var lengths = new LengthMap(unit, weightVariance, biasVariance);
        var (limit, q) = lengths.From(weightVariance * inputMoment + biasVariance);
        var chi = weightVariance * unit.SlopeMoment(q);
        var forwardChi = unit.HasJumps ? double.PositiveInfinity : weightVariance * unit.DerivativeMoment(q);
        double? lengthDepth = limit switch
        {
            LengthLimit.Diverges => null,
            LengthLimit.Kept => double.PositiveInfinity,
            LengthLimit.Vanishes => DepthScale(weightVariance * unit.DerivativeMoment(0)),
            _ => DepthScale(lengths.Slope(q)),
        };
        var (correlation, correlationDepth) = limit is LengthLimit.Converges or LengthLimit.Kept
            ? Correlations(new CorrelationMap(unit, weightVariance, biasVariance, q))
            : (null, null);
        return new MeanField(
            limit, q, chi, forwardChi, DepthScale(chi), lengthDepth, correlation, correlationDepth, PhaseOf(forwardChi));
    }

    /// <summary>−1/ln of a factor: layers over which it makes e^−1.</summary>
    public static double DepthScale(double factor) =>
        Math.Abs(factor - 1) <= Rounding ? double.PositiveInfinity : factor <= 0 ? 0 : -1 / Math.Log(factor);

    private static (double?, double?) Correlations(CorrelationMap map)
    {
        if (Math.Abs(map.SlopeAtOne - 1) <= CriticalWidth) return (1, double.PositiveInfinity);
        var c = map.FixedPoint();
        return (c, DepthScale(map.Slope(c)));
    }

    private static Phase PhaseOf(double slope) =>
        Math.Abs(slope - 1) <= CriticalWidth ? Phase.Critical : slope < 1 ? Phase.Ordered : Phase.Chaotic;
}
