using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Verdicts;
using static GradTorch.Analysis.Dynamics.GradientState;

namespace GradTorch.Tests.Analysis.Dynamics;

public sealed class GradientStatesTests
{
    private const double Limit = 1e-3;

    [Fact]
    public void A_place_is_measured_by_the_last() =>
        Assert.Equal([Vanished, Vanished, Alive, Alive, Alive], GradientStates.Of([1e-9, 2e-3, 2.001e-3, 1e6, 2], [1, 1, 1, 1, 1], Limit));

    [Fact]
    public void Exactly_0_has_vanished_whatever_the_last_is()
    {
        Assert.Equal([Vanished, Alive], GradientStates.Of([0, 5], [0, 5], Limit));
        // Nothing passes the last: dead.
        Assert.Equal([Vanished, Vanished], GradientStates.Of([0, 0], [0, 5], Limit));
        Assert.Equal([Vanished, Vanished], GradientStates.Of([0, 0], [0, 0], Limit));
        // A skip goes past the last, and something comes through.
        Assert.Equal([Alive, Vanished], GradientStates.Of([5, 0], [5, 5], Limit));
    }

    [Fact]
    public void Norms_that_are_too_small_for_a_product_with_the_limit_are_told_apart() =>
        Assert.Equal([Vanished, Alive], GradientStates.Of([1e-322, 1e-310], [1, 1], Limit));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_can_t_be_told(double number)
    {
        Assert.Equal([Unknown, Alive], GradientStates.Of([number, 5], [1, 1], Limit));
        Assert.Equal([Unknown, Unknown], GradientStates.Of([5, number], [1, 1], Limit));
    }

    [Fact]
    public void After_the_end_of_all_sequences_there_is_no_state() =>
        Assert.Equal([Vanished, Alive, Unknown], GradientStates.Of([1e-9, 1, 0], [1, 1, 0], Limit));

    /// <summary>Of numbers of every kind, whenever they are finite.</summary>
    [Fact]
    public void The_state_of_the_first_place_is_the_verdict()
    {
        var random = new Random(5);
        double Norm() => random.Next(4) == 0 ? 0 : Math.Pow(10, -6 * random.NextDouble());
        for (var repeat = 0; repeat < 2000; repeat++)
        {
            double[] delta = [Norm(), Norm(), Norm()], incoming = [.. delta.Select(norm => norm == 0 ? Norm() : 2 * norm)];
            var trend = GradientTrend.OfLogarithms([.. delta.Select(norm => Math.Log(norm))], [.. incoming.Select(norm => Math.Log(norm))]);
            var fate = GradientVerdict.Of(0, trend, new GradientLimits(Limit, 1e3)).Fate;
            Assert.Equal(fate == GradientFate.Vanishing ? Vanished : Alive, GradientStates.Of(delta, incoming, Limit)[0]);
        }
    }
}
