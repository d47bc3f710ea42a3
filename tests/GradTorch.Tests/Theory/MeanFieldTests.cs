using GradTorch.Activations;
using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

/// <summary>Fixed points and depth scales against scipy's, and what has none.</summary>
public sealed class MeanFieldTests
{
    public static TheoryData<int> Fields => TheoryCase.Numbers("fields");

    /// <summary>Each activation with its own derivative, and each surrogate with one that converges and one that diverges.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var activation in ActivationRegistry.Names) data.Add(activation, BackwardRegistry.Exact);
            foreach (var backward in SurrogateRegistry.Names)
            {
                data.Add("hard-tanh", backward);
                data.Add("relu", backward);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Fixed_points_are_those_of_scipy(int number)
    {
        var row = TheoryCase.Rows("fields")[number];
        var field = MeanField.Of(TheoryCase.Unit(row), row.Double("weightVariance"), row.Double("biasVariance"));
        var chi = row.Double("chi");
        Assert.Equal(LengthLimit.Converges, field.Limit);
        TheoryCase.AssertClose(row.Double("q"), field.Q, 1e-9);
        TheoryCase.AssertClose(chi, field.Chi, 1e-9);
        TheoryCase.AssertClose(chi, field.ForwardChi, 1e-9);
        TheoryCase.AssertClose(-1 / Math.Log(chi), field.GradientDepth, 1e-8);
        TheoryCase.AssertClose(-1 / Math.Log(row.Double("length")), field.LengthDepth!.Value, 1e-8);
        Assert.Equal(chi < 1 ? Phase.Ordered : Phase.Chaotic, field.Phase);
        if (chi < 1)
        {
            Assert.Equal(1, field.Correlation);
            TheoryCase.AssertClose(field.GradientDepth, field.CorrelationDepth!.Value, 1e-9);
        }
        else
        {
            TheoryCase.AssertClose(row.Double("correlation"), field.Correlation!.Value, 1e-7);
            TheoryCase.AssertClose(-1 / Math.Log(row.Double("correlationSlope")), field.CorrelationDepth!.Value, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void All_that_is_registered_is_answered(string activation, string backward)
    {
        var nonlinearity = TheoryCase.Nonlinearity(activation, backward == BackwardRegistry.Exact ? null : backward);
        var field = MeanField.Of(nonlinearity, member: 0, weightVariance: 2.1, biasVariance: 0);
        Assert.False(double.IsNaN(field.Q + field.Chi + field.ForwardChi + field.GradientDepth));
        Assert.InRange(field.Chi, 0, 2.1 * Math.Pow(nonlinearity.LargestSlope(0), 2) * (1 + 1e-12));
        Assert.InRange(field.Correlation ?? 0, 0, 1);
    }

    [Theory]
    [InlineData("relu", 1.0, LengthLimit.Vanishes, Phase.Ordered, 0.5)]
    [InlineData("relu", 2.0, LengthLimit.Kept, Phase.Critical, 1.0)]
    [InlineData("relu", 3.0, LengthLimit.Diverges, Phase.Chaotic, 1.5)]
    [InlineData("identity", 1.0, LengthLimit.Kept, Phase.Critical, 1.0)]
    [InlineData("tanh", 0.8, LengthLimit.Vanishes, Phase.Ordered, 0.8)]
    [InlineData("tanh", 1.0, LengthLimit.Vanishes, Phase.Critical, 1.0)]
    [InlineData("elu", 3.0, LengthLimit.Diverges, Phase.Chaotic, 1.5)]
    [InlineData("elu", 0.9, LengthLimit.Vanishes, Phase.Ordered, 0.9)]
    public void Without_biases_q_may_go_elsewhere(string activation, double weightVariance, LengthLimit limit, Phase phase, double chi)
    {
        var field = MeanField.Of(TheoryCase.Unit(activation), weightVariance, 0, inputMoment: 1.5);
        Assert.Equal((limit, phase), (field.Limit, field.Phase));
        Assert.Equal(chi, field.Chi, 12);
        var q = limit switch
        {
            LengthLimit.Vanishes => 0,
            LengthLimit.Diverges => double.PositiveInfinity,
            _ => 1.5 * weightVariance,
        };
        Assert.Equal(q, field.Q, 12);
        Assert.Equal(limit == LengthLimit.Kept, field.Correlation is not null);
        Assert.Equal(limit == LengthLimit.Diverges, field.LengthDepth is null);
    }

    [Fact]
    public void With_biases_relu_has_a_fixed_point_below_2()
    {
        var field = MeanField.Of(TheoryCase.Unit("relu"), 1.5, 0.1);
        Assert.Equal(0.4, field.Q, 12);
        Assert.Equal(-1 / Math.Log(0.75), field.LengthDepth!.Value, 10);
        Assert.Equal(LengthLimit.Diverges, MeanField.Of(TheoryCase.Unit("relu"), 2, 0.1).Limit);
    }

    [Fact]
    public void A_surrogate_changes_the_gradient_and_not_the_phase()
    {
        var exact = MeanField.Of(TheoryCase.Unit("tanh"), 1.5, 0.05);
        var surrogate = MeanField.Of(TheoryCase.Unit("tanh", "constant", 0.5), 1.5, 0.05);
        Assert.Equal(1.5 * 0.25, surrogate.Chi, 12);
        Assert.Equal(exact with { Chi = surrogate.Chi, GradientDepth = surrogate.GradientDepth }, surrogate);
    }

    [Theory]
    [InlineData("heaviside")]
    [InlineData("sign")]
    public void A_step_is_chaotic_and_passes_nothing_back(string activation)
    {
        var field = MeanField.Of(TheoryCase.Unit(activation), 1, 0.3);
        Assert.Equal((Phase.Chaotic, 0, 0), (field.Phase, field.Chi, field.GradientDepth));
        Assert.InRange(field.Correlation!.Value, 0.01, 0.99);
    }
}
