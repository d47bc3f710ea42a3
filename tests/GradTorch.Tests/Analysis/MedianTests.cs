using GradTorch.Analysis;

namespace GradTorch.Tests.Analysis;

public sealed class MedianTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 5.0, 1, 3 }, 3)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    [InlineData(new[] { double.MaxValue, double.MaxValue }, double.MaxValue)]
    [InlineData(new[] { 1.0, double.PositiveInfinity, double.PositiveInfinity }, double.PositiveInfinity)]
    [InlineData(new[] { 1.0, 2, double.PositiveInfinity }, 2)]
    public void The_middle_number_or_the_mean_of_the_two_middle_ones(double[] numbers, double median) =>
        Assert.Equal(median, Median.Of(numbers));

    [Fact]
    public void One_NaN_shows() => Assert.Equal(double.NaN, Median.Of([1, 2, double.NaN, 3]));

    [Fact]
    public void Of_nothing_is_NaN() => Assert.Equal(double.NaN, Median.Of([]));
}
