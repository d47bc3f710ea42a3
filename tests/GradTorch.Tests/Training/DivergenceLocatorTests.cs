using GradTorch.Quantities;
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
            Assert.Equal((expected, null), Place(Record([.. broken.Select(layer => (layer, quantity))], value)));
    }

    [Fact]
    public void What_broke_forwards_comes_before_what_it_broke_backwards() => Assert.Equal((2, null), Place(Record(
        [(2, LayerQuantity.ActivationMean), (4, LayerQuantity.ActivationGradient), (5, LayerQuantity.WeightGradient)],
        double.NaN)));

    [Fact]
    public void The_deviation_of_a_single_activation_is_NaN_and_no_divergence() => Assert.Equal((2, null), Place(Record(
        [(5, LayerQuantity.ActivationStd), (2, LayerQuantity.WeightGradient)], double.NaN)));

    [Fact]
    public void When_every_layer_is_finite_it_is_the_output() => Assert.Equal((Layers, null), Place(Record([], 0)));

    /// <summary>The first two layers are recurrent, of four timesteps; their states or gradients are broken at timesteps 2 and 3
    /// of the first layer and 3 and 4 of the second.</summary>
    [Theory]
    [InlineData(LayerQuantity.ActivationMean, 1, 2)]
    [InlineData(LayerQuantity.ActivationGradient, 1, 3)]
    [InlineData(LayerQuantity.PreactivationGradient, 2, 4)]
    [InlineData(LayerQuantity.ActivationMean, 3, null)]
    [InlineData(LayerQuantity.ActivationGradient, 5, null)]
    public void In_a_recurrent_layer_it_is_the_first_timestep_forwards_and_the_last_backwards(
        LayerQuantity quantity, int layer, int? expected)
    {
        double[] broken = [0, 1, 9, 0, 0, 0, 2, 2], whole = new double[8];
        var forward = quantity is LayerQuantity.ActivationMean;
        var record = Record([(layer, quantity)], double.NaN);
        Assert.Equal(
            (layer, expected), DivergenceLocator.Place(record, forward ? broken : whole, forward ? whole : broken, 4));
    }

    /// <summary>As where the shares of many timesteps add up to more than a float32 holds.</summary>
    [Fact]
    public void Where_every_timestep_is_finite_it_is_none_of_them() => Assert.Equal(
        (1, null),
        DivergenceLocator.Place(Record([(1, LayerQuantity.WeightGradient)], double.PositiveInfinity), new double[4], new double[4], 4));

    private static (int Layer, int? Timestep) Place(double[] record) => DivergenceLocator.Place(record, [], [], 0);

    private static double[] Record((int Layer, LayerQuantity Quantity)[] broken, double value)
    {
        var record = Enumerable.Repeat(1.0, Layers * LayerQuantities.Count).ToArray();
        foreach (var (layer, quantity) in broken) record[(layer - 1) * LayerQuantities.Count + (int)quantity] = value;
        return record;
    }
}
