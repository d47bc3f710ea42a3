using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

/// <summary>Two correlated pre-activations against scipy's double integrals, and against closed forms.</summary>
public sealed class CorrelationMapTests
{
    private static readonly double[] Correlations = [0, 1e-6, 0.2, 0.7, 0.95, 0.999, 1 - 1e-6];

    public static TheoryData<int> Pairs => TheoryCase.Numbers("pairs");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pairs_are_those_of_scipy(int number)
    {
        var row = TheoryCase.Rows("pairs")[number];
        var (unit, q, c) = (TheoryCase.Unit(row), row.Double("q"), row.Double("c"));
        // Biases that make q a fixed point of σw² = ½.
        var bias = q - 0.5 * unit.SecondMoment(q);
        var map = new CorrelationMap(unit, 0.5, bias, q);
        TheoryCase.AssertClose((0.5 * row.Double("value") + bias) / q, map.Next(c), 1e-9);
        TheoryCase.AssertClose(0.5 * row.Double("derivatives"), map.Slope(c), 1e-8);
        TheoryCase.AssertClose(0.5 * unit.DerivativeMoment(q), map.SlopeAtOne, 1e-12);
    }

    /// <summary>Williams 1997: E[erf(u) erf(v)] = 2/π arcsin(2qc/(1 + 2q)).</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(1.0)]
    [InlineData(50.0)]
    public void Of_erf_it_is_the_arcsine_kernel(double q)
    {
        var (weightVariance, biasVariance) = (1.7, 0.1);
        var map = new CorrelationMap(TheoryCase.Unit("erf"), weightVariance, biasVariance, q);
        double Kernel(double c) => weightVariance * 2 / Math.PI * Math.Asin(2 * q * c / (1 + 2 * q)) + biasVariance;
        Assert.All(Correlations, c =>
        {
            TheoryCase.AssertClose(Kernel(c) / Kernel(1), map.Next(c), 1e-10);
            var root = Math.Sqrt((1 + 2 * q) * (1 + 2 * q) - 4 * q * q * c * c);
            TheoryCase.AssertClose(weightVariance * 4 / Math.PI * q / root / Kernel(1), map.Slope(c), 1e-8);
        });
    }

    /// <summary>Cho and Saul 2009: with c = cos θ, E[relu relu] = q/(2π) (sin θ + (π − θ) cos θ), and P(both on) = (π − θ)/(2π).</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(50.0)]
    public void Of_relu_it_is_the_arc_cosine_kernel(double q)
    {
        var map = new CorrelationMap(TheoryCase.Unit("relu"), 2, 0, q);
        Assert.All(Correlations, c =>
        {
            var angle = Math.Acos(c);
            TheoryCase.AssertClose((Math.Sin(angle) + (Math.PI - angle) * c) / Math.PI, map.Next(c), 1e-10);
            TheoryCase.AssertClose((Math.PI - angle) / Math.PI, map.Slope(c), 1e-8);
        });
    }

    /// <summary>E[sign sign] = 2/π arcsin c, whose slope has no bound.</summary>
    [Fact]
    public void Jumps_have_their_part_in_the_slope()
    {
        var map = new CorrelationMap(TheoryCase.Unit("sign"), 1, 0, 1);
        Assert.Equal(double.PositiveInfinity, map.SlopeAtOne);
        Assert.All(Correlations, c =>
        {
            TheoryCase.AssertClose(2 / Math.PI * Math.Asin(c), map.Next(c), 1e-9);
            TheoryCase.AssertClose(2 / Math.PI / Math.Sqrt(1 - c * c), map.Slope(c), 1e-7);
        });
    }
}
