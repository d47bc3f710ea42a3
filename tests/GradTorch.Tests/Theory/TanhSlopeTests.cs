using GradTorch.Tests.Fixtures;
using GradTorch.Theory;

namespace GradTorch.Tests.Theory;

public sealed class TanhSlopeTests
{
    public static TheoryData<int> Slopes => TheoryCase.Numbers("slopes");

    public static TheoryData<int> BestSlopes => TheoryCase.Numbers("bestSlopes");

    [Theory]
    [MemberData(nameof(Slopes))]
    public void Thresholds_are_those_of_many_digits(int number)
    {
        var row = TheoryCase.Rows("slopes")[number];
        TheoryCase.AssertClose(row.Double("threshold"), TanhSlope.Threshold(row.Double("n"), row.Int("count"))!.Value, 1e-14);
    }

    [Theory]
    [MemberData(nameof(BestSlopes))]
    public void The_best_n_is_that_of_many_digits(int number)
    {
        var row = TheoryCase.Rows("bestSlopes")[number];
        TheoryCase.AssertClose(row.Double("n"), TanhSlope.Best(row.Int("count")), 1e-14);
    }

    [Fact]
    public void At_a_threshold_the_slope_is_what_is_promised()
    {
        foreach (var n in (double[])[1.2, 2, 5])
        foreach (var count in (int[])[1, 2, 7])
        {
            var a = Math.Tanh(n * TanhSlope.Threshold(n, count)!.Value);
            TheoryCase.AssertClose(Math.Pow(n, 1 - count), n * (1 - a * a), 1e-9);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    public void Units_no_steeper_than_1_have_none(double n) => Assert.Null(TanhSlope.Threshold(n, 2));

    [Fact]
    public void With_more_layers_the_best_n_goes_to_e()
    {
        Assert.InRange(TanhSlope.Best(1_000_000), Math.E - 1e-5, Math.E);
        Assert.True(double.IsFinite(TanhSlope.Threshold(2, 1_000_000)!.Value));
    }
}
