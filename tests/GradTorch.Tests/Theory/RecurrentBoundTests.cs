using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

public sealed class RecurrentBoundTests
{
    [Fact]
    public void It_is_the_rate_to_the_power_of_the_steps()
    {
        var bound = new RecurrentBound(0.25, 1.1, 3);
        Assert.Equal(0.275, bound.Rate, 15);
        Assert.Equal(0.275 * 0.275 * 0.275, bound.Bound, 15);
        Assert.Equal(3 * Math.Log(0.275), bound.LnBound, 13);
    }

    [Fact]
    public void Its_logarithm_does_not_underflow()
    {
        var bound = new RecurrentBound(0.25, 1.1, 100_000);
        Assert.Equal(0, bound.Bound);
        Assert.Equal(100_000 * Math.Log(0.275), bound.LnBound, 6);
    }

    [Fact]
    public void Of_nothing_nothing_comes_back_but_over_no_step_all_does()
    {
        Assert.Equal((0, double.NegativeInfinity), (new RecurrentBound(0, 3, 2).Bound, new RecurrentBound(0, 3, 2).LnBound));
        Assert.Equal((1, 0), (new RecurrentBound(0, 3, 0).Bound, new RecurrentBound(0, 3, 0).LnBound));
    }
}
