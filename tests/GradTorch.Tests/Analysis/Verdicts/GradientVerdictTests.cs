using GradTorch.Analysis.Statistics;
using GradTorch.Analysis.Verdicts;

namespace GradTorch.Tests.Analysis.Verdicts;

public sealed class GradientVerdictTests
{
    private static readonly GradientLimits Limits = new(1e-3, 1e3);

    [Fact]
    public void A_gradient_that_shrinks_by_a_factor_has_the_slope_of_its_logarithm()
    {
        // δ = e^(0.5 l), ∂L/∂a = 4 δ: a quarter passes the activation, and the weights make it e^−0.5 · 4.
        double[] delta = [.. Enumerable.Range(1, 20).Select(layer => Math.Exp(0.5 * layer))];
        var trend = Trend(delta, [.. delta.Select(norm => 4 * norm)]);

        Assert.Equal(0.5, trend.Slope!.Slope, 1e-12);
        Assert.Equal(0.5, trend.Slope.Low!.Value, 1e-9);
        Assert.Equal(2, trend.EFolding!.Value, 1e-12);
        Assert.Equal(Math.Exp(-0.5 * 19), trend.Ratio, 1e-12);
        Assert.Equal(0.25, trend.ActivationGain!.Value, 1e-12);
        Assert.Equal(4 * Math.Exp(-0.5), trend.WeightGain!.Value, 1e-12);
        Assert.Equal((20, 0, null), (trend.Places, trend.Zeros, trend.FirstNonfinite));
        var verdict = GradientVerdict.Of(7, trend, Limits);
        Assert.Equal((7, GradientFate.Vanishing, Blame.Activation), (verdict.Step, verdict.Fate, verdict.Blame));
    }

    [Theory]
    [InlineData(0.5, 1.0, GradientFate.Vanishing, Blame.Activation)]
    [InlineData(0.5, 1.3, GradientFate.Vanishing, Blame.Activation)]
    [InlineData(1.0, 0.5, GradientFate.Vanishing, Blame.Weights)]
    [InlineData(0.7, 0.7, GradientFate.Vanishing, Blame.Both)]
    [InlineData(0.7, 3.0, GradientFate.Exploding, Blame.Weights)]
    [InlineData(2.0, 1.0, GradientFate.Exploding, Blame.Activation)]
    [InlineData(1.4, 1.4, GradientFate.Exploding, Blame.Both)]
    [InlineData(0.5, 2.0, GradientFate.Healthy, Blame.None)]
    public void Who_is_to_blame_is_who_makes_most_of_it(double activation, double weights, GradientFate fate, Blame blame)
    {
        var (delta, incoming) = (new double[20], new double[20]);
        (delta[19], incoming[19]) = (1, 1 / activation);
        for (var layer = 18; layer >= 0; layer--)
        {
            incoming[layer] = weights * delta[layer + 1];
            delta[layer] = activation * incoming[layer];
        }
        var verdict = GradientVerdict.Of(0, Trend(delta, incoming), Limits);

        Assert.Equal((fate, blame), (verdict.Fate, verdict.Blame));
        Assert.Equal(-Math.Log(activation * weights), verdict.Trend.Slope!.Slope, 1e-9);
    }

    [Theory]
    [InlineData(1e-3, GradientFate.Vanishing)]
    [InlineData(1.001e-3, GradientFate.Healthy)]
    [InlineData(0.999e3, GradientFate.Healthy)]
    [InlineData(1e3, GradientFate.Exploding)]
    public void The_limits_belong_to_what_they_bound(double ratio, GradientFate fate) =>
        Assert.Equal(fate, GradientVerdict.Of(0, Trend([ratio, 1], [1, 1]), Limits).Fate);

    [Fact]
    public void Exact_zeros_are_counted_and_left_out_of_the_line()
    {
        var trend = Trend([0, 0, 1, Math.E, Math.E * Math.E], [0, 5, 1, 1, 1]);

        Assert.Equal((2, 0.0), (trend.Zeros, trend.Ratio));
        Assert.Equal(1, trend.Slope!.Slope, 1e-12);
    }

    [Theory]
    [InlineData(5.0, Blame.Activation)]
    [InlineData(0.0, Blame.Weights)]
    public void What_lets_nothing_through_is_blamed_alone(double incoming, Blame blame)
    {
        var verdict = GradientVerdict.Of(0, Trend([0, 1, 1], [incoming, 2, 1]), Limits);

        Assert.Equal((GradientFate.Vanishing, blame), (verdict.Fate, verdict.Blame));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_has_exploded_where_it_first_was_on_the_way_back(double number)
    {
        var verdict = GradientVerdict.Of(0, Trend([number, number, 3, 2, 1], [number, 1, 1, 1, 1]), Limits);

        Assert.Equal((GradientFate.Exploding, 2), (verdict.Fate, verdict.Trend.FirstNonfinite));
        Assert.Equal(-1, Math.Sign(verdict.Trend.Slope!.Slope));
    }

    [Fact]
    public void Places_at_the_end_to_which_no_gradient_comes_are_none()
    {
        // Sequences that are shorter than the longest: nothing comes to their last timesteps.
        var trend = Trend([0.25, 0.5, 1, 0, 0], [1, 1, 1, 0, 0]);

        Assert.Equal((3, 0, 0.25), (trend.Places, trend.Zeros, trend.Ratio));
        Assert.Equal(Math.Log(2), trend.Slope!.Slope, 1e-12);
    }

    [Fact]
    public void Where_no_gradient_comes_at_all_it_has_vanished() =>
        Assert.Equal(GradientFate.Vanishing, GradientVerdict.Of(0, Trend([0, 0], [0, 0]), Limits).Fate);

    [Fact]
    public void One_layer_is_healthy_and_has_no_slope()
    {
        var verdict = GradientVerdict.Of(0, Trend([5], [3]), Limits);

        Assert.Equal((GradientFate.Healthy, Blame.None), (verdict.Fate, verdict.Blame));
        Assert.Null(verdict.Trend.Slope);
        Assert.Null(verdict.Trend.EFolding);
        Assert.Null(verdict.Trend.WeightGain);
    }

    [Fact]
    public void Two_layers_have_a_slope_without_an_interval() =>
        Assert.Equal(new LineFit(Math.Log(2), null, null), Trend([1, 2], [1, 1]).Slope);

    [Fact]
    public void The_gain_of_a_layer_is_the_product_of_its_factors()
    {
        double[] delta = [0.1, 0.7, 2], incoming = [0.4, 0.9, 2];
        Assert.All(SplitGain.OfLogarithms([.. delta.Select(norm => Math.Log(norm))], [.. incoming.Select(norm => Math.Log(norm))]).Index(), gain => Assert.Equal(
            delta[gain.Index] / delta[gain.Index + 1], gain.Item.Weights * gain.Item.Activation, 1e-12));
    }

    [Fact]
    public void Norms_that_no_number_holds_have_a_trend()
    {
        double[] delta = [.. Enumerable.Range(0, 1000).Select(layer => 1.4 * (layer - 1000))];
        var trend = GradientTrend.OfLogarithms(delta, [.. delta.Select(norm => norm + 1)]);

        Assert.Equal(1.4, trend.Slope!.Slope, 1e-12);
        Assert.Equal((-1.4 * 999, 0.0), (Math.Round(trend.LogRatio, 9), trend.Ratio));
        Assert.Equal(Math.Exp(-1), trend.ActivationGain!.Value, 1e-12);
        Assert.Equal((GradientFate.Vanishing, Blame.Activation), GradientVerdict.Of(0, trend, Limits) is var verdict ? (verdict.Fate, verdict.Blame) : default);
    }

    private static GradientTrend Trend(double[] delta, double[] incoming) =>
        GradientTrend.OfLogarithms([.. delta.Select(norm => Math.Log(norm))], [.. incoming.Select(norm => Math.Log(norm))]);
}
