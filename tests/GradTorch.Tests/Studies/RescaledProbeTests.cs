using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

/// <summary>Gradients that are kept in the range of their type on their way back.</summary>
public sealed class RescaledProbeTests(SmallImages images) : IClassFixture<SmallImages>
{
    /// <summary>The gradient of a bias before batch normalisation is 0 but for what rounding leaves.</summary>
    private const double Rounding = 1e-7;

    public static TheoryData<string, ModelSection> Nets => new()
    {
        { "plain", new() { Depth = 12, Width = 16 } },
        { "layer norm", new() { Depth = 12, Width = 16, Norm = "layer" } },
        { "batch norm", new() { Depth = 6, Width = 16, Norm = "batch", NormPlace = NormPlace.AfterActivation } },
        { "surrogate", new() { Depth = 12, Width = 16, Activation = new() { Forward = "relu", Backward = "sigmoid-function" } } },
        { "before", new() { Kind = "residual", Depth = 12, Width = 16, Skip = new() { Every = 3 } } },
        { "after", new() { Kind = "residual", Depth = 12, Width = 16, Skip = new() { Every = 2, Join = SkipJoin.AfterActivation } } },
    };

    [Theory]
    [MemberData(nameof(Nets))]
    public void Nothing_that_fits_is_changed(string net, ModelSection model)
    {
        Assert.NotNull(net);
        var (plain, rescaled) = (Probe(model, rescale: false), Probe(model, rescale: true));

        foreach (var (one, other) in plain.Zip(rescaled))
        {
            Assert.Equal(one.Loss, other.Loss, 1e-6);
            foreach (var (expected, actual) in one.Layers.Zip(other.Layers))
            {
                foreach (var quantity in LayerQuantities.All.Where(quantity => quantity != LayerQuantity.Update))
                    Assert.Equal(expected.Quantities[(int)quantity], actual.Quantities[(int)quantity], Math.Abs(2e-5 * expected.Quantities[(int)quantity]) + Rounding);
                Assert.All(
                    expected.LogGradients.Zip(actual.LogGradients).Where(pair => pair.First > Math.Log(1e4 * Rounding)),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-3));
            }
        }
    }

    [Fact]
    public void In_float32_it_is_what_float64_has_where_float32_has_nothing()
    {
        var deep = new ModelSection { Depth = 300, Width = 16, Activation = new() { Forward = "sigmoid" } };
        var (exact, rescaled, lost) = (
            Probe(deep, rescale: false, Precision.Float64), Probe(deep, rescale: true), Probe(deep, rescale: false));

        Assert.All(exact.Zip(rescaled), members =>
        {
            Assert.InRange(members.First.Layers[0].LogPreactivationGradient, -600, -300);
            foreach (var (expected, actual) in members.First.Layers.Zip(members.Second.Layers))
                Assert.All(expected.LogGradients.Zip(actual.LogGradients), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        });
        Assert.All(lost, member => Assert.Equal(double.NegativeInfinity, member.Layers[0].LogPreactivationGradient));
    }

    [Fact]
    public void So_is_one_that_is_too_large()
    {
        var steep = new ModelSection { Depth = 60, Width = 16, Activation = new() { Forward = "identity", Backward = "constant", BackwardScale = 50 } };
        var (exact, rescaled) = (Probe(steep, rescale: false, Precision.Float64), Probe(steep, rescale: true));

        Assert.InRange(exact[0].Layers[0].LogPreactivationGradient, 150, 400);
        Assert.All(exact.Zip(rescaled), members => Assert.Equal(
            members.First.Layers[0].LogPreactivationGradient, members.Second.Layers[0].LogPreactivationGradient, 1e-3));
    }

    private IReadOnlyList<MemberProbe> Probe(ModelSection model, bool rescale, Precision precision = Precision.Float32)
    {
        using var process = new StudyRun.ProcessSettings();
        var small = StudyRun.Small(images, "");
        using var prepared = PreparedExperiment.Of(small with { Precision = precision, Model = model });
        return ExperimentProbe.Run(prepared, rescale);
    }
}
