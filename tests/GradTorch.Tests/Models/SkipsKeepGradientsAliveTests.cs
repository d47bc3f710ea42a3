using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Data;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Models;

/// <summary>What skip connections are there for, on real images.</summary>
public sealed class SkipsKeepGradientsAliveTests(SmallImages images) : IClassFixture<SmallImages>
{
    /// <summary>In fifty sigmoid layers δ falls by about four a layer; with skips it reaches the first layer.</summary>
    [FactWithFashionMnist]
    public void Fifty_sigmoid_layers_have_a_gradient_at_the_bottom_only_with_skips()
    {
        var plain = FirstToLast(new ModelSection { Depth = 50, Width = 32, Activation = Sigmoid });
        Assert.InRange(plain, 0, 1e-15);
        foreach (var join in Enum.GetValues<SkipJoin>())
        {
            var skip = new SkipSection { Every = 2, Join = join, Scale = new BranchScale(null) };
            var residual = FirstToLast(new ModelSection { Kind = "residual", Depth = 50, Width = 32, Activation = Sigmoid, Skip = skip });
            Assert.True(residual > 1e-4, FormattableString.Invariant($"{join}: {residual}"));
        }
    }

    private static ActivationSection Sigmoid => new() { Forward = "sigmoid" };

    /// <summary>‖∂L/∂W‖ of the second hidden layer over that of the last but one, at initialisation.</summary>
    private double FirstToLast(ModelSection model)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(StudyRun.Small(images, "unused") with
        {
            Seeds = new SeedSection(), Data = new DataSection { Path = images.Real, Batch = 64 }, Model = model,
        });
        var layers = ExperimentProbe.Run(prepared)[0].Layers;
        return layers[1].Quantities[(int)LayerQuantity.WeightGradient] / layers[^2].Quantities[(int)LayerQuantity.WeightGradient];
    }
}
