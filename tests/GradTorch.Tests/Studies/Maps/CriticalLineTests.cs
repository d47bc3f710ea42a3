using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Studies.Maps;
using GradTorch.Theory;

namespace GradTorch.Tests.Studies.Maps;

public sealed class CriticalLineTests
{
    private const string Variance = "model:init:weightVariance", Gain = "model:init:gain", Bias = "model:init:biasVariance",
        Slope = "model:activation:slope", Rate = "training:optimizer:lr";

    private static readonly Experiment Net = new() { Model = new ModelSection { Depth = 10, Width = 32, Init = new InitSection { Kind = "scaled-normal" } } };

    private static readonly MapAxis Biases = new(Bias, 0.01, 0.5, 9, IsLogarithmic: false);

    /// <summary>Wherever it is, χ₁ at the fixed point of the length map is 1.</summary>
    [Theory]
    [InlineData(Variance, 0.25, 4, false)]
    [InlineData(Gain, 0.25, 4, true)]
    [InlineData(Slope, 0.5, 4, false)]
    public void On_it_gradients_keep_their_size(string key, double from, double to, bool isLogarithmic)
    {
        var axis = new MapAxis(key, from, to, 12, isLogarithmic);
        foreach (var plan in (MapPlan[])[new(Net, axis, Biases), new(Net, Biases, axis)])
        {
            var piece = Assert.Single(CriticalLine.Of(plan).Pieces);
            Assert.All(piece, point =>
            {
                var (own, bias) = plan.X == axis ? point : (point.Y, point.X);
                var weightVariance = key switch { Variance => own, Gain => own * own, _ => 1 };
                var unit = new GaussianUnit(new Nonlinearity(ActivationRegistry.Create(
                    "tanh", new ActivationParameters { Slope = MemberValues.Uniform(key == Slope ? own : 1, members: 1) })));
                Assert.Equal(1, MeanField.Of(unit, weightVariance, bias).Chi, 1e-6);
            });
            // Of two axes of which neither is of weights it is sought along the first, else along that of the weights: at every value of the
            // other that it has, and in between where it is steep.
            if (key == Slope && plan.Y == axis)
            {
                double[] slopes = [.. piece.Select(point => point.Y)];
                Assert.Superset(axis.Values.Where(slope => slope >= slopes.Min() && slope <= slopes.Max()).ToHashSet(), slopes.ToHashSet());
                Assert.Contains(slopes[0], axis.Values);
            }
            else Assert.Superset(Biases.Values.ToHashSet(), piece.Select(point => plan.X == axis ? point.Y : point.X).ToHashSet());
        }
    }

    /// <summary>σw² of square layers: gain² 2·fan/(fan + fan) of xavier, gain² of orthogonal, 2 gain² of he; relu needs 2, and tanh without
    /// biases 1, whatever the learning rate.</summary>
    [Theory]
    [InlineData("xavier-normal", "tanh", 1)]
    [InlineData("xavier-uniform", "relu", 1.4142135623730951)]
    [InlineData("orthogonal", "tanh", 1)]
    [InlineData("he-normal", "relu", 1)]
    [InlineData("he-uniform", "tanh", 0.70710678118654757)]
    public void It_knows_initialisers(string kind, string activation, double gain)
    {
        var net = Net with { Model = Net.Model with { Init = new InitSection { Kind = kind }, Activation = new ActivationSection { Forward = activation } } };
        var line = CriticalLine.Of(new MapPlan(net, new MapAxis(Gain, 0.25, 4, 6, IsLogarithmic: true), new MapAxis(Rate, 0.01, 1, 4, IsLogarithmic: true)));
        Assert.Null(line.Obstacle);
        var piece = Assert.Single(line.Pieces);
        Assert.All(piece, point => Assert.Equal(gain, point.X, 1e-8));
        Assert.Equal([0.01, 1], [piece[0].Y, piece[^1].Y]);
    }

    /// <summary>Without biases tanh's is at 1, and leaves it like a square root: no two neighbours lie far apart.</summary>
    [Fact]
    public void It_has_no_corner_where_biases_begin()
    {
        var piece = Assert.Single(CriticalLine.Of(new MapPlan(Net, new MapAxis(Variance, 0.5, 3, 9, false), new MapAxis(Bias, 0, 0.5, 33, false))).Pieces);
        Assert.Equal((1.0, 0.0), (Math.Round(piece[0].X, 6), piece[0].Y));
        var strides = piece.Zip(piece.Skip(1), (from, to) => (to.X - from.X) / 2.5).ToArray();
        Assert.All(strides, stride => Assert.InRange(stride, 0, 1 / 64.0));
        Assert.True(strides.Length > 33);
    }

    [Fact]
    public void Where_it_does_not_cross_there_is_nothing_of_it()
    {
        var line = CriticalLine.Of(new MapPlan(Net, new MapAxis(Variance, 3, 4, 5, false), new MapAxis(Bias, 0, 0.1, 5, false)));
        Assert.Null(line.Obstacle);
        Assert.Empty(line.Pieces);
    }

    public static TheoryData<string, ModelSection> Uncovered => new()
    {
        { "model:kind is 'residual'", Net.Model with { Kind = "residual" } },
        { "model:kind is 'elman'", Net.Model with { Kind = "elman" } },
        { "model:norm is 'layer'", Net.Model with { Norm = "layer" } },
        { "dropout", Net.Model with { Dropout = 0.1 } },
        { "one hidden layer", Net.Model with { Depth = 1 } },
        { "biasMean", Net.Model with { Init = new InitSection { BiasMean = 1 } } },
        { "'lsuv'", Net.Model with { Init = new InitSection { Kind = "lsuv" } } },
        { "'pytorch' has biases of its own", Net.Model with { Init = new InitSection { Kind = "pytorch" } } },
    };

    [Theory]
    [MemberData(nameof(Uncovered))]
    public void It_says_why_there_is_none(string why, ModelSection model)
    {
        var line = CriticalLine.Of(new MapPlan(Net with { Model = model }, new MapAxis(Gain, 0.5, 2, 3, false), new MapAxis(Rate, 0.1, 1, 3, false)));
        Assert.Contains(why, line.Obstacle, StringComparison.Ordinal);
        Assert.Empty(line.Pieces);
    }

    [Fact]
    public void Axes_that_theory_does_not_know_have_none()
    {
        var line = CriticalLine.Of(new MapPlan(Net, new MapAxis(Rate, 0.1, 1, 3, false), new MapAxis("training:clip:threshold", 1, 2, 3, false)));
        Assert.Contains("neither training:optimizer:lr nor training:clip:threshold", line.Obstacle, StringComparison.Ordinal);
    }
}
