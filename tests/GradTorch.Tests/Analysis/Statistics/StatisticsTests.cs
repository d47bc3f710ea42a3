using System.Text.Json;
using GradTorch.Analysis.Statistics;
using GradTorch.Tests.Fixtures;

namespace GradTorch.Tests.Analysis.Statistics;

/// <summary>Statistics against scipy's: tests/Fixtures/statistics.py.</summary>
public sealed class StatisticsTests
{
    private const double Tolerance = 1e-9;

    private static readonly JsonElement Fixture = PyTorchFixture.Read("statistics.json");

    [Fact]
    public void Wilcoxon_s_p_is_that_of_all_signs() => ForEach("wilcoxon", sample =>
        Assert.Equal(sample.Double("p"), WilcoxonTest.Of(Numbers(sample, "differences")).PValue, Tolerance));

    [Fact]
    public void Of_many_differences_it_is_that_of_the_normal_distribution() => ForEach("wilcoxon_large", sample =>
        Assert.Equal(sample.Double("p"), WilcoxonTest.Of(Numbers(sample, "differences")).PValue, Tolerance));

    [Fact]
    public void The_exact_p_and_the_normal_one_meet()
    {
        double[] most = [.. Enumerable.Range(1, WilcoxonTest.MostExact).Select(number => number % 5 == 0 ? -number : (double)number % 97)];

        Assert.Equal(WilcoxonTest.Of([.. most, 0.5]).PValue, WilcoxonTest.Of([.. most[1..], 0.5]).PValue, 2e-3);
    }

    [Fact]
    public void Small_samples_by_hand()
    {
        Assert.Equal(new WilcoxonTest(0.0625, 1, 5), WilcoxonTest.Of([1, 1, 2, 3, 4]));
        Assert.Equal(new WilcoxonTest(1, 0, 0), WilcoxonTest.Of([0, 0, 0]));
        Assert.Equal(new WilcoxonTest(1, 0, 0), WilcoxonTest.Of([]));
        // Ranks 1, 2, and 3.5 twice: of 10, 1 is negative.
        Assert.Equal(new WilcoxonTest(0.25, 0.8, 4), WilcoxonTest.Of([-0.1, 0.2, double.PositiveInfinity, double.PositiveInfinity, 0]));
    }

    [Fact]
    public void Five_pairs_can_t_reach_five_percent_and_six_can()
    {
        Assert.Equal(0.0625, WilcoxonTest.LeastPValue(5));
        Assert.Equal(6, SampleSize.ForWilcoxon(0.05));
        Assert.Equal(1, WilcoxonTest.LeastPValue(0));
    }

    [Fact]
    public void Student_s_t_of_pairs() => ForEach("t", sample =>
    {
        var test = PairedTTest.Of(Numbers(sample, "differences"))!;
        Assert.Equal(sample.Double("p"), test.PValue, Tolerance);
        Assert.Equal(sample.Double("effect"), test.Effect, Tolerance * Math.Max(1, Math.Abs(test.Effect)));
    });

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0, 2.0)]
    [InlineData(1.0, 2.0, double.PositiveInfinity)]
    public void Not_every_sample_allows_it(params double[] differences) => Assert.Null(PairedTTest.Of(differences));

    [Fact]
    public void Means_with_their_intervals() => ForEach("mean", sample =>
    {
        var mean = MeanInterval.Of(Numbers(sample, "numbers"));
        Assert.Equal(sample.Double("mean"), mean.Mean, Tolerance);
        Assert.Equal(sample.Double("low"), mean.Low!.Value, Tolerance);
        Assert.Equal(sample.Double("high"), mean.High!.Value, Tolerance);
    });

    [Fact]
    public void One_number_has_no_interval()
    {
        Assert.Equal(new MeanInterval(3, null, null, 1), MeanInterval.Of([3.0]));
        Assert.Equal(new MeanInterval(double.NaN, null, null, 0), MeanInterval.Of([]));
    }

    [Fact]
    public void Slopes_with_their_intervals() => ForEach("line", sample =>
    {
        var fit = LineFit.Of([.. Numbers(sample, "y").Select((y, index) => (index + 1.0, y))])!;
        Assert.Equal(sample.Double("slope"), fit.Slope, Tolerance);
        Assert.Equal(sample.Double("low"), fit.Low!.Value, Tolerance);
        Assert.Equal(sample.Double("high"), fit.High!.Value, Tolerance);
    });

    [Fact]
    public void Two_points_have_a_slope_and_one_has_none()
    {
        Assert.Equal(new LineFit(2, null, null), LineFit.Of([(1, 1), (3, 5)]));
        Assert.Null(LineFit.Of([(1, 1), (1, 5)]));
        Assert.Null(LineFit.Of([(1, 1)]));
    }

    [Fact]
    public void Several_questions_at_once() => ForEach("holm", sample =>
    {
        double[] expected = Numbers(sample, "adjusted"), actual = Holm.Adjust(Numbers(sample, "p"));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    });

    [Fact]
    public void How_many_pairs_it_takes() => ForEach("pairs", sample =>
        Assert.Equal(sample.Double("pairs"), SampleSize.ForT(sample.Double("effect"), sample.Double("level")), tolerance: 1));

    private static void ForEach(string what, Action<JsonElement> check) => Assert.All(Fixture.GetProperty(what).EnumerateArray(), check);

    private static double[] Numbers(JsonElement sample, string name) =>
        [.. sample.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
