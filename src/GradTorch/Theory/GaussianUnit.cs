using GradTorch.Activations;

namespace GradTorch.Theory;

/// <summary>A unit of a wide layer with random weights: its pre-activation is √q z with z from N(0, 1). What its activation g and
/// its slope h, forwards and on the way back, are on average.</summary>
/// <remarks>g and h are asked of the nonlinearity itself. Expectations are right to 10 digits or more, also of functions with kinks and
/// jumps. A q of 0 stands for its limit from above, where h may differ from h(0); so does an infinite one.</remarks>
public sealed class GaussianUnit
{
    /// <summary>So small and so large that nothing changes beyond, and that squares stay numbers.</summary>
    private const double Least = 1e-200, Most = 1e200, Vanished = 1e-50;

    private readonly Curve _slope;
    private readonly Curve _derivative;

    /// <param name="nonlinearity">Of a layer. What an activation learns must have its parameter.</param>
    /// <param name="member">Whose slopes and scales count.</param>
    public GaussianUnit(Nonlinearity nonlinearity, int member = 0)
    {
        Forward = new Curve(nonlinearity.Forward.Forward, member);
        _derivative = new Curve(nonlinearity.Forward.Derivative, member);
        _slope = nonlinearity.Backward is null ? _derivative : new Curve(nonlinearity.Slope, member);
    }

    /// <summary>g jumps, so that its derivative is not that of its smooth pieces alone: of near inputs some are torn apart.</summary>
    public bool HasJumps => Forward.Pieces.Breaks.Count > 0;

    internal Curve Forward { get; }

    /// <summary>0, where functions of the kind that networks use may have one, and where g jumps or has a kink.</summary>
    internal IEnumerable<double> Kinks => Forward.Pieces.Breaks.Concat(_derivative.Pieces.Breaks).Append(0).Distinct();

    /// <summary>E[g], 0 of an odd one.</summary>
    public double Mean(double q) => Expectation(q, g => g, Forward);

    /// <summary>E[g²].</summary>
    public double SecondMoment(double q) => Expectation(q, g => g * g, Forward);

    /// <summary>E[h²], h what backward multiplies by: g′, or a surrogate.</summary>
    public double SlopeMoment(double q) => LimitOf(Expectation(q, h => h * h, _slope), q);

    /// <summary>E[g′²], whatever backward multiplies by. Jumps of g have no part in it.</summary>
    public double DerivativeMoment(double q) => LimitOf(Expectation(q, d => d * d, _derivative), q);

    /// <summary>d/dq E[g²] = E[z g g′]/√q.</summary>
    /// <param name="q">Above 0.</param>
    public double MomentSlope(double q)
    {
        var deviation = Deviation(q);
        var rule = RuleFor(deviation, Forward, _derivative);
        var x = Array.ConvertAll(rule.Points, z => deviation * z);
        var (g, d) = (Forward.At(x), _derivative.At(x));
        return rule.Expectation(index => rule.Points[index] * g[index] * d[index]) / deviation;
    }

    /// <summary>√q of the limits where it is 0 or infinite.</summary>
    internal static double Deviation(double q) => Math.Sqrt(Math.Clamp(q, Least, Most));

    /// <summary>What falls with q is 0 at an infinite one, and not what it is at the largest number.</summary>
    private static double LimitOf(double value, double q) => double.IsInfinity(q) && Math.Abs(value) < Vanished ? 0 : value;

    private static double Expectation(double q, Func<double, double> of, Curve curve)
    {
        var deviation = Deviation(q);
        var rule = RuleFor(deviation, curve);
        var values = curve.At(Array.ConvertAll(rule.Points, z => deviation * z));
        return rule.Expectation(index => of(values[index]));
    }

    private static NormalRule RuleFor(double deviation, params ReadOnlySpan<Curve> curves)
    {
        var edges = new List<double>();
        foreach (var curve in curves) edges.AddRange(curve.Pieces.Edges.Select(edge => edge / deviation));
        return NormalRule.Of(edges);
    }
}
