using GradTorch.Activations;
using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

/// <summary>Expectations over a normal pre-activation against scipy's, and against closed forms.</summary>
public sealed class GaussianUnitTests
{
    private static readonly double[] Variances = [1e-8, 1e-3, 0.1, 1, 3.7, 40, 1e4, 1e8];

    public static TheoryData<int> Moments => TheoryCase.Numbers("moments");

    public static TheoryData<int> Surrogates => TheoryCase.Numbers("surrogates");

    [Theory]
    [MemberData(nameof(Moments))]
    public void Moments_of_an_activation_are_those_of_scipy(int number)
    {
        var row = TheoryCase.Rows("moments")[number];
        var (unit, q) = (TheoryCase.Unit(row), row.Double("q"));
        TheoryCase.AssertClose(row.Double("mean"), unit.Mean(q));
        TheoryCase.AssertClose(row.Double("second"), unit.SecondMoment(q));
        TheoryCase.AssertClose(row.Double("derivative"), unit.DerivativeMoment(q));
        Assert.Equal(unit.DerivativeMoment(q), unit.SlopeMoment(q));
    }

    [Theory]
    [MemberData(nameof(Surrogates))]
    public void The_slope_on_the_way_back_is_the_surrogate_s(int number)
    {
        var row = TheoryCase.Rows("surrogates")[number];
        var unit = TheoryCase.Unit("relu", row.Text("backward"), row.Double("scale"));
        TheoryCase.AssertClose(row.Double("slope"), unit.SlopeMoment(row.Double("q")));
        TheoryCase.AssertClose(0.5, unit.DerivativeMoment(row.Double("q")));
    }

    [Fact]
    public void Scipy_was_asked_for_everything_that_is_registered()
    {
        Assert.Equal(ActivationRegistry.Names.Order(), TheoryCase.Rows("moments").Select(row => row.Text("activation")).Distinct().Order());
        Assert.Equal(SurrogateRegistry.Names.Order(), TheoryCase.Rows("surrogates").Select(row => row.Text("backward")).Distinct().Order());
    }

    /// <summary>Williams 1997: E[erf²] = 2/π arcsin(2q/(1 + 2q)), E[erf′²] = 4/(π√(1 + 4q)).</summary>
    [Fact]
    public void Of_erf_they_are_the_closed_forms()
    {
        var unit = TheoryCase.Unit("erf");
        Assert.All(Variances, q =>
        {
            TheoryCase.AssertClose(2 / Math.PI * Math.Asin(2 * q / (1 + 2 * q)), unit.SecondMoment(q), 1e-12);
            TheoryCase.AssertClose(4 / Math.PI / Math.Sqrt(1 + 4 * q), unit.SlopeMoment(q), 1e-12);
            // d/dq of the arcsine.
            TheoryCase.AssertClose(4 / (Math.PI * (1 + 2 * q) * Math.Sqrt(1 + 4 * q)), unit.MomentSlope(q), 1e-12);
        });
    }

    [Fact]
    public void Of_relu_they_are_the_closed_forms()
    {
        var unit = TheoryCase.Unit("relu");
        Assert.All(Variances, q =>
        {
            TheoryCase.AssertClose(Math.Sqrt(q / (2 * Math.PI)), unit.Mean(q), 1e-13);
            TheoryCase.AssertClose(q / 2, unit.SecondMoment(q), 1e-13);
            TheoryCase.AssertClose(0.5, unit.SlopeMoment(q), 1e-13);
            TheoryCase.AssertClose(0.5, unit.MomentSlope(q), 1e-13);
        });
    }

    /// <summary>A jump at a place that nothing announces: E[h²] = P(|√q z| ≤ k).</summary>
    [Theory]
    [InlineData(0.7)]
    [InlineData(1.2345)]
    [InlineData(3e-7)]
    [InlineData(1e5)]
    public void A_jump_is_found_wherever_it_is(double k)
    {
        var unit = TheoryCase.Unit("sign", "clipped-straight-through", k);
        foreach (var ratio in (double[])[0.3, 1, 4])
            TheoryCase.AssertClose(MathNet.Numerics.SpecialFunctions.Erf(1 / ratio / Math.Sqrt(2)), unit.SlopeMoment(k * k * ratio * ratio), 1e-11);
    }

    /// <summary>E[h²] of k/√π exp(−(kz)²) is k²/(π√(1 + 4k²q)).</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1.0)]
    [InlineData(1e6)]
    public void So_is_a_peak_however_narrow(double k)
    {
        var unit = TheoryCase.Unit("sign", "gaussian", k);
        Assert.All(Variances, q => TheoryCase.AssertClose(k * k / Math.PI / Math.Sqrt(1 + 4 * k * k * q), unit.SlopeMoment(q), 1e-11 * k * k));
    }

    [Fact]
    public void The_limits_of_q_are_those_of_either_side()
    {
        Assert.Equal(0.5, TheoryCase.Unit("relu").SlopeMoment(0), 13);
        Assert.Equal(0.5, TheoryCase.Unit("relu").SlopeMoment(double.PositiveInfinity), 13);
        Assert.Equal(1.0, TheoryCase.Unit("tanh").SlopeMoment(0), 13);
        Assert.Equal(0.0, TheoryCase.Unit("tanh").SlopeMoment(double.PositiveInfinity));
    }

    [Fact]
    public void Only_what_jumps_has_jumps() => Assert.Equal(
        ["heaviside", "sign"], ActivationRegistry.Names.Where(name => TheoryCase.Unit(name).HasJumps));

    [Fact]
    public void Each_member_has_its_own_slope_and_scale()
    {
        var forward = new Tanh(new MemberValues([1, 2.5, 4]));
        var nonlinearity = new Nonlinearity(forward, SurrogateRegistry.Find("gaussian").Surrogate, new MemberValues([1, 2, 3]));
        var alone = TheoryCase.Nonlinearity("tanh", "gaussian", 3, slope: 4);
        Assert.Equal(new GaussianUnit(alone).SecondMoment(1.5), new GaussianUnit(nonlinearity, member: 2).SecondMoment(1.5), 13);
        Assert.Equal(new GaussianUnit(alone).SlopeMoment(1.5), new GaussianUnit(nonlinearity, member: 2).SlopeMoment(1.5), 13);
    }
}
