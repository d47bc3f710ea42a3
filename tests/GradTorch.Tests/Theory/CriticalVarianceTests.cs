using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

public sealed class CriticalVarianceTests
{
    public static TheoryData<int> Critical => TheoryCase.Numbers("critical");

    [Theory]
    [MemberData(nameof(Critical))]
    public void It_is_that_of_scipy_and_there_gradients_keep_their_size(int number)
    {
        var row = TheoryCase.Rows("critical")[number];
        var unit = TheoryCase.Unit(row);
        var found = CriticalVariance.Of(unit, row.Double("biasVariance"))!;
        TheoryCase.AssertClose(row.Double("weightVariance"), found.WeightVariance, 1e-8);
        TheoryCase.AssertClose(row.Double("q"), found.Q, 1e-8);
        var field = MeanField.Of(unit, found.WeightVariance, row.Double("biasVariance"));
        Assert.Equal(Phase.Critical, field.Phase);
        Assert.Equal(1, field.Chi, 10);
    }

    /// <summary>Without biases: 1/E[g′²] at the limit, and of erf π/4, of relu 2 (He et al. 2015).</summary>
    [Theory]
    [InlineData("tanh", 1.0, LengthLimit.Vanishes)]
    [InlineData("erf", Math.PI / 4, LengthLimit.Vanishes)]
    [InlineData("softsign", 1.0, LengthLimit.Vanishes)]
    [InlineData("relu", 2.0, LengthLimit.Kept)]
    [InlineData("identity", 1.0, LengthLimit.Kept)]
    [InlineData("leaky-relu", 2 / 1.0001, LengthLimit.Kept)]
    [InlineData("selu", 0.47677101788275317, LengthLimit.Vanishes)]
    public void Without_biases_it_is_known(string activation, double weightVariance, LengthLimit limit)
    {
        var found = CriticalVariance.Of(TheoryCase.Unit(activation), 0)!;
        Assert.Equal(weightVariance, found.WeightVariance, 12);
        Assert.Equal(limit, found.Limit);
    }

    [Fact]
    public void With_biases_that_of_relu_is_a_limit()
    {
        var found = CriticalVariance.Of(TheoryCase.Unit("relu"), 0.2)!;
        Assert.Equal(2, found.WeightVariance, 12);
        Assert.Equal((LengthLimit.Diverges, double.PositiveInfinity), (found.Limit, found.Q));
    }

    [Theory]
    [InlineData("tanh", "constant", 0.25)]
    [InlineData("heaviside", "arctan", 0.0)]
    [InlineData("relu", "sigmoid-function", 0.1)]
    public void With_a_surrogate_it_is_where_the_surrogate_s_gradient_keeps_its_size(string activation, string backward, double biasVariance)
    {
        var unit = TheoryCase.Unit(activation, backward);
        var found = CriticalVariance.Of(unit, biasVariance)!;
        Assert.Equal(1, MeanField.Of(unit, found.WeightVariance, biasVariance).Chi, 9);
    }

    [Fact]
    public void A_step_without_a_surrogate_has_none() => Assert.Null(CriticalVariance.Of(TheoryCase.Unit("heaviside"), 0.1));
}
