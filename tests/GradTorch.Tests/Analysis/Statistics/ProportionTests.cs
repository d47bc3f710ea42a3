using System.Text.Json;
using GradTorch.Analysis.Statistics;
using GradTorch.Tests.Fixtures;

namespace GradTorch.Tests.Analysis.Statistics;

/// <summary>Shares with their intervals against scipy's: tests/Fixtures/dynamics.py.</summary>
public sealed class ProportionTests
{
    private static readonly JsonElement Fixture = PyTorchFixture.Read("dynamics.json");

    [Fact]
    public void The_interval_is_that_of_scipy() => Assert.All(Fixture.GetProperty("proportions").EnumerateArray(), sample =>
    {
        var proportion = Proportion.Of(sample.Int("count"), sample.Int("trials"))!;
        Assert.Equal(sample.Double("low"), proportion.Low, 1e-10);
        Assert.Equal(sample.Double("high"), proportion.High, 1e-10);
    });

    [Fact]
    public void Without_a_trial_there_is_none() => Assert.Null(Proportion.Of(0, 0));

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(2, 0.7763932022500211)] // 1 − √0.05
    [InlineData(100, 0.02951304960704)]
    public void The_bound_of_what_never_happened_leaves_five_percent(int trials, double bound)
    {
        Assert.Equal(bound, Proportion.BoundOfNever(trials), 1e-12);
        Assert.Equal(0.05, Math.Pow(1 - Proportion.BoundOfNever(trials), trials), 1e-12);
    }

    /// <summary>Exactly, by adding up the binomial distribution: the interval misses the truth in 5 % of cases at most.</summary>
    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(40, 0.02)]
    [InlineData(200, 0.9)]
    public void It_covers_the_truth_as_often_as_it_says(int trials, double truth)
    {
        var covered = Enumerable.Range(0, trials + 1).Where(count => Proportion.Of(count, trials) is { } p && p.Low <= truth && truth <= p.High)
            .Sum(count => MathNet.Numerics.Distributions.Binomial.PMF(truth, trials, count));
        Assert.InRange(covered, 0.95, 1);
    }
}
