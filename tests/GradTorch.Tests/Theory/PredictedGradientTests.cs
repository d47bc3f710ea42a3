using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Quantities;
using GradTorch.Theory;
using static TorchSharp.torch;

namespace GradTorch.Tests.Theory;

/// <summary>Predictions against wide networks of the product itself, at initialisation.</summary>
public sealed class PredictedGradientTests
{
    private const int Width = 512, Depth = 20, Seeds = 10, Batch = 4;

    /// <summary>Ordered, critical and chaotic; units without a mean of 0; a surrogate.</summary>
    [Theory]
    [InlineData("tanh", null, 1.2, 0.05)]
    [InlineData("tanh", null, 1.7609546396, 0.05)]
    [InlineData("tanh", null, 3.0, 0.05)]
    [InlineData("sigmoid", null, 4.0, 0.1)]
    [InlineData("tanh", "triangle", 1.5, 0.05)]
    public void The_slope_of_ln_δ_is_that_of_wide_networks(string activation, string? backward, double weightVariance, double biasVariance) =>
        AssertPredicted(activation, backward, weightVariance, biasVariance, null);

    [Theory]
    [InlineData("tanh", 1, SkipJoin.BeforeActivation, 1.0)]
    [InlineData("sigmoid", 2, SkipJoin.BeforeActivation, 0.5)]
    [InlineData("tanh", 2, SkipJoin.AfterActivation, 1.0)]
    [InlineData("sigmoid", 4, SkipJoin.AfterActivation, 0.7)]
    [InlineData("relu", 1, SkipJoin.AfterActivation, 0.3)]
    public void So_it_is_with_skips(string activation, int every, SkipJoin join, double scale) => AssertPredicted(
        activation, null, 1.5, 0.05, new SkipSection { Every = every, Join = join, Scale = new BranchScale(scale) });

    private static void AssertPredicted(string activation, string? backward, double weightVariance, double biasVariance, SkipSection? skip)
    {
        var predicted = DepthPrediction.Of(
            TheoryCase.Nonlinearity(activation, backward), member: 0, [.. Enumerable.Repeat(weightVariance, Depth)], biasVariance, inputMoment: 1,
            skip is null ? null : new SkipPath(skip.Every, skip.Join == SkipJoin.BeforeActivation, skip.Scale.At(Depth)));
        var section = new ModelSection { Kind = skip is null ? "mlp" : "residual", Depth = Depth, Width = Width, Skip = skip ?? new SkipSection() };
        var measured = new double[Depth];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var ln = LnSquares(section, seed, () => TheoryCase.Nonlinearity(activation, backward), new InitialParameters(
                WeightVariance: weightVariance, BiasVariance: biasVariance));
            for (var layer = 0; layer < Depth; layer++) measured[layer] += (ln[layer] - ln[^1]) / Seeds;
        }
        Assert.InRange((measured[0] - predicted[0].LnGradient) / (Depth - 1), -0.02, 0.02);
        Assert.All(predicted, layer => Assert.InRange(measured[layer.Layer - 1] - layer.LnGradient, -0.25, 0.25));
    }

    /// <summary>ln‖δ‖² of each hidden layer, of normal inputs and a random gradient at the outputs.</summary>
    private static double[] LnSquares(ModelSection section, int seed, Func<GradTorch.Activations.Nonlinearity> nonlinearity, InitialParameters parameters)
    {
        using var scope = NewDisposeScope();
        const int features = 300;
        MemberSeed[] seeds = [new MemberSeed(seed)];
        using var model = ModelRegistry.Find(section.Kind).Create(new ModelBlueprint(
            new ModelShape(section, features, Width), nonlinearity, seeds, float32, CPU));
        model.Initialise(seeds, InitialiserRegistry.Find("scaled-normal"), [parameters]);
        using var table = new GradientTable(model, TorchBackend.Current);
        table.Begin();
        var outputs = model.call(Arrays.Normal(2 * seed, Batch * features).ToTensor(float32, 1, Batch, features));
        model.Parameters.ZeroGradients();
        table.Backward((outputs * Arrays.Normal(2 * seed + 1, Batch * Width).ToTensor(float32, 1, Batch, Width)).sum());
        table.MeasureGradients();
        var rows = HostCopy.Doubles(table.Values).Chunk(LayerQuantities.Count).Take(section.Depth);
        model.Parameters.Dispose();
        return [.. rows.Select(row => 2 * Math.Log(row[(int)LayerQuantity.PreactivationGradient]))];
    }
}
