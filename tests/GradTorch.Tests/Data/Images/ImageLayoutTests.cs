using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

public sealed class ImageLayoutTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>One image of 2 channels, 2 rows and 3 columns: numbers 0 to 5 and 6 to 11.</summary>
    [Theory]
    [InlineData(ImageForm.Vectors, 0, 12, new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })]
    [InlineData(ImageForm.Rows, 2, 6, new double[] { 0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11 })]
    [InlineData(ImageForm.Pixels, 6, 2, new double[] { 0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11 })]
    public void Rows_and_pixels_keep_their_channels_together(ImageForm form, int timesteps, int features, double[] expected)
    {
        var layout = new ImageLayout(2, 2, 3, form, PermutationSeed: null);
        Assert.Equal((timesteps, features), (layout.Timesteps, layout.Features));
        Assert.Equal(expected, HostCopy.Doubles(layout.Arrange(arange(12, ScalarType.Byte).view(1, 12))));
    }

    [Fact]
    public void A_permutation_moves_the_pixels_of_all_channels_alike()
    {
        var order = Permutation.Of(7, 6);
        var pixels = HostCopy.Doubles(new ImageLayout(2, 2, 3, ImageForm.Pixels, 7).Arrange(arange(12, ScalarType.Byte).view(1, 12)));
        Assert.Equal(order.SelectMany(pixel => new double[] { pixel, pixel + 6 }), pixels);
        Assert.NotEqual(order, order.Order());
        Assert.NotEqual(order, Permutation.Of(8, 6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(784)]
    public void A_permutation_has_every_place_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(place => (long)place), Permutation.Of(3, count).Order());

    /// <summary>Each of the 6 orders of 3 comes as often as chance has it: 1,000 of 6,000, with a deviation of 29.</summary>
    [Fact]
    public void All_orders_are_alike_likely()
    {
        var orders = Enumerable.Range(0, 6000).GroupBy(seed => string.Join(' ', Permutation.Of(seed, 3))).ToList();
        Assert.Equal(6, orders.Count);
        Assert.All(orders, order => Assert.InRange(order.Count(), 880, 1120));
    }
}
