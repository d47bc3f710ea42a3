using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

/// <summary>Layer by layer, worked by hand where activations are linear.</summary>
public sealed class DepthPredictionTests
{
    private static readonly double[] Three = [2, 3, 5];

    [Fact]
    public void Deep_in_a_network_layers_are_those_of_the_fixed_point()
    {
        var nonlinearity = TheoryCase.Nonlinearity("tanh");
        var layers = DepthPrediction.Of(nonlinearity, 0, [.. Enumerable.Repeat(1.5, 60)], 0.05, inputMoment: 4);
        var field = MeanField.Of(nonlinearity, 0, 1.5, 0.05);
        Assert.Equal(4 * 1.5 + 0.05, layers[0].Q);
        Assert.Equal(field.Q, layers[^1].Q, 12);
        Assert.Equal(Math.Log(field.Chi), layers[^2].LnGain, 12);
        Assert.Equal(layers.Skip(0).Sum(layer => layer.LnGain), layers[0].LnGradient, 10);
        Assert.Equal((0, 0), (layers[^1].LnGradient, layers[^1].LnGain));
    }

    [Fact]
    public void A_linear_network_multiplies_by_the_variances_of_its_weights()
    {
        var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("identity"), 0, Three, 1, inputMoment: 7);
        AssertClose([15, 46, 231], [.. layers.Select(layer => layer.Q)]);
        AssertClose([15, 5, 1], [.. layers.Select(layer => Math.Exp(layer.LnGradient))]);
    }

    /// <summary>Every layer joined, s = ½: r_1 = 7·2 + ¼·15, and what comes back is 1 + ¼σw² times as much.</summary>
    [Fact]
    public void So_does_a_linear_one_with_skips_before_the_activation()
    {
        var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("identity"), 0, Three, 1, 7, new SkipPath(1, BeforeActivation: true, 0.5));
        AssertClose([17.75, 31.3125, 70.703125], [.. layers.Select(layer => layer.Q)]);
        AssertClose([1.75 * 2.25, 2.25, 1], [.. layers.Select(layer => Math.Exp(layer.LnGradient))]);
    }

    /// <summary>One block of three without a projection: only the last joins, r = 7 + ¼·231.</summary>
    [Fact]
    public void Within_a_block_layers_are_plain()
    {
        var skips = new SkipPath(3, BeforeActivation: true, 0.5, IsProjected: false);
        var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("identity"), 0, Three, 1, 7, skips);
        AssertClose([15, 46, 64.75], [.. layers.Select(layer => layer.Q)]);
        AssertClose([3.75, 1.25, 1], [.. layers.Select(layer => Math.Exp(layer.LnGradient))]);
    }

    /// <summary>δ_n = s ∂L/∂r_n, and ∂L/∂r_{n−1} = ∂L/∂r_n + W δ_n.</summary>
    [Fact]
    public void So_does_a_linear_one_with_skips_after_the_activation()
    {
        var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("identity"), 0, Three, 1, 7, new SkipPath(1, BeforeActivation: false, 0.5));
        AssertClose([15, 3 * 17.75 + 1, 5 * (17.75 + 0.25 * 54.25) + 1], [.. layers.Select(layer => layer.Q)]);
        AssertClose([1.75 * 2.25, 2.25, 1], [.. layers.Select(layer => Math.Exp(layer.LnGradient))]);
    }

    [Fact]
    public void Where_nothing_comes_back_it_is_minus_infinity()
    {
        foreach (var skips in (SkipPath?[])[null, new(1, BeforeActivation: false, 1)])
        {
            var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("heaviside"), 0, Three, 1, 7, skips);
            Assert.All(layers.SkipLast(1), layer => Assert.Equal((double.NegativeInfinity, double.NegativeInfinity), (layer.LnGradient, layer.LnGain)));
        }
        var joined = DepthPrediction.Of(TheoryCase.Nonlinearity("heaviside"), 0, Three, 1, 7, new SkipPath(1, BeforeActivation: true, 1));
        Assert.All(joined, layer => Assert.Equal(0, layer.LnGradient));
    }

    [Fact]
    public void It_does_not_underflow()
    {
        var layers = DepthPrediction.Of(TheoryCase.Nonlinearity("sigmoid"), 0, [.. Enumerable.Repeat(1.0, 2000)], 0, 1);
        Assert.InRange(layers[0].LnGradient, -8000, -5000);
    }

    [Fact]
    public void A_skip_must_divide_the_depth() => Assert.Throws<ArgumentException>(() =>
        DepthPrediction.Of(TheoryCase.Nonlinearity("tanh"), 0, Three, 0, 1, new SkipPath(2, BeforeActivation: true, 1)));

    private static void AssertClose(double[] expected, double[] actual) => Arrays.AssertClose(expected, actual, 1e-12);
}
