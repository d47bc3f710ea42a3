using GradTorch.Analysis.Statistics;

namespace GradTorch.Tests.Analysis.Statistics;

/// <summary>Small regressions by hand; those of scipy are in <see cref="Dynamics.VanishingModelTests"/>.</summary>
public sealed class LogisticFitTests
{
    [Fact]
    public void Without_a_predictor_that_varies_it_is_the_share()
    {
        var fit = LogisticFit.Of([[0], [0], [0], [0]], [true, false, false, false])!;

        Assert.Equal(Math.Log(1.0 / 3), fit.Intercept, 1e-9);
        Assert.Equal(0, fit.Slopes[0], 1e-12);
        Assert.Equal(0.25, fit.Probability([0]), 1e-9);
    }

    /// <summary>Two points at ∓1: the slope w solves 2 σ(−w) = λ w.</summary>
    [Fact]
    public void What_is_separated_has_a_finite_slope()
    {
        var fit = LogisticFit.Of([[-1], [1]], [false, true])!;

        Assert.Equal(0, fit.Intercept, 1e-9);
        Assert.Equal(LogisticFit.Penalty * fit.Slopes[0], 2 / (1 + Math.Exp(fit.Slopes[0])), 1e-9);
        Assert.True(fit.Separates([([-1.0], false), ([1.0], true)]));
        Assert.False(fit.Separates([([-1.0], false), ([-0.5], true)]));
    }

    [Fact]
    public void Of_one_outcome_there_is_none() => Assert.Null(LogisticFit.Of([[1], [2]], [true, true]));

    /// <summary>Outliers over which a full step of Newton's goes far: the gradient is 0 where it ends.</summary>
    [Fact]
    public void It_ends_where_the_penalised_likelihood_is_largest()
    {
        double[][] rows = [[-30, 1], [-1, -1], [0.5, 1], [1, -1], [2, 1], [400, -1]];
        bool[] outcomes = [true, false, true, false, true, true];
        var fit = LogisticFit.Of(rows, outcomes)!;

        double[] left = [.. rows.Select((row, index) => (outcomes[index] ? 1 : 0) - fit.Probability(row))];
        Assert.Equal(0, left.Sum(), 1e-8);
        for (var column = 0; column < 2; column++)
            Assert.Equal(LogisticFit.Penalty * fit.Slopes[column], rows.Select((row, index) => row[column] * left[index]).Sum(), 1e-6);
    }
}
