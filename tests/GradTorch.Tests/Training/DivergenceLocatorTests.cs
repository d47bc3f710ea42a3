using GradTorch.Gradients;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>Where a NaN began, from records written by hand: five layers, all ones but for what is named.</summary>
public sealed class DivergenceLocatorTests
{
    private const int Layers = 5;

    [Theory]
    [InlineData(LayerQuantity.ActivationMean, new[] { 2, 3, 4, 5 }, 2)]
    [InlineData(LayerQuantity.ActivationMean, new[] { 5 }, 5)]
    [InlineData(LayerQuantity.ActivationGradient, new[] { 1, 2, 3 }, 3)]
    [InlineData(LayerQuantity.PreactivationGradient, new[] { 1 }, 1)]
    [InlineData(LayerQuantity.WeightGradient, new[] { 4 }, 4)]
    [InlineData(LayerQuantity.BiasGradient, new[] { 1, 4 }, 4)]
    [InlineData(LayerQuantity.Weight, new[] { 2 }, Layers)]
    public void It_is_the_first_layer_forwards_and_the_last_backwards(LayerQuantity quantity, int[] broken, int expected)
    {
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Equal(expected, DivergenceLocator.Layer(Record([.. broken.Select(layer => (layer, quantity))], value)));
    }

    [Fact]
    public void What_broke_forwards_comes_before_what_it_broke_backwards() => Assert.Equal(2, DivergenceLocator.Layer(Record(
        [(2, LayerQuantity.ActivationMean), (4, LayerQuantity.ActivationGradient), (5, LayerQuantity.WeightGradient)],
        double.NaN)));

    [Fact]
    public void The_deviation_of_a_single_activation_is_NaN_and_no_divergence() => Assert.Equal(2, DivergenceLocator.Layer(Record(
        [(5, LayerQuantity.ActivationStd), (2, LayerQuantity.WeightGradient)], double.NaN)));

    [Fact]
    public void When_every_layer_is_finite_it_is_the_output() => Assert.Equal(Layers, DivergenceLocator.Layer(Record([], 0)));

    private static double[] Record((int Layer, LayerQuantity Quantity)[] broken, double value)
    {
        var record = Enumerable.Repeat(1.0, Layers * LayerQuantities.Count).ToArray();
        foreach (var (layer, quantity) in broken) record[(layer - 1) * LayerQuantities.Count + (int)quantity] = value;
        return record;
    }
}
