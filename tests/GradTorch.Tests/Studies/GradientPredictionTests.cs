using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Studies;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>What theory is asked of an experiment; the theory itself has tests of its own.</summary>
public sealed class GradientPredictionTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Fact]
    public void Of_linear_layers_the_gradient_goes_with_the_deviation_of_their_weights()
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = Prepare(new() { Depth = 5, Width = 40, Activation = new() { Forward = "identity" }, Init = new() { Kind = "he-normal" } });
        var predictions = GradientPrediction.Of(prepared)!;

        Assert.Equal(3, predictions.Count);
        Assert.All(predictions, prediction => Assert.Equal(0, prediction.LogGradients[^1]));
        for (var layer = 0; layer < 4; layer++)
        {
            // Members are alike but for their seeds: the variance is that over all of them.
            using var weights = prepared.Model.Layers[layer + 1].Linear.Weight.to(float64);
            var variance = 40 * HostCopy.Doubles(weights).Average(weight => weight * weight);
            Assert.Equal(
                Math.Log(variance) / 2, predictions[0].LogGradients[layer] - predictions[0].LogGradients[layer + 1], 1e-9);
        }
    }

    [Fact]
    public void Members_of_other_values_have_predictions_of_their_own()
    {
        using var process = new StudyRun.ProcessSettings();
        var small = StudyRun.Small(images, "");
        using var prepared = PreparedExperiment.Of(small with
        {
            Seeds = new() { Count = 2 },
            Members = new() { Vary = new(new VariedKey("model:init:gain", [1, 2])) },
            Model = new() { Depth = 3, Width = 40, Activation = new() { Forward = "relu" } },
        });
        var slopes = GradientPrediction.Of(prepared)!.Select(prediction => prediction.LogGradients[0]).ToList();

        Assert.Equal(slopes[0], slopes[1]);
        Assert.Equal(slopes[0] + 2 * Math.Log(2), slopes[2], 0.02);
    }

    [Fact]
    public void Elman_nets_have_the_bound_of_their_recurrent_weights()
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(StudyRun.Rows(images, "", "elman"));
        var predictions = GradientPrediction.Of(prepared)!;

        Assert.Equal(3, predictions.Count);
        Assert.All(predictions, prediction =>
        {
            // Recurrent weights are orthogonal, tanh has slope 1.
            Assert.Empty(prediction.LogGradients);
            Assert.Equal((1, 7), (prediction.Bound!.Gamma, prediction.Bound.Steps));
            Assert.Equal(1, prediction.Bound.Norm, 1e-5);
        });
    }

    public static TheoryData<string, Experiment> NotCovered => new()
    {
        { "norm", new() { Model = new() { Depth = 3, Norm = "layer" } } },
        { "dropout", new() { Model = new() { Depth = 3, Dropout = 0.5 } } },
        { "mean", new() { Model = new() { Depth = 3, Init = new() { Kind = "normal", Mean = 1, Std = 0.1 } } } },
        { "identity", new() { Model = new() { Depth = 3, Width = 64, Init = new() { Kind = "identity" } } } },
        { "zeros", new() { Model = new() { Depth = 3, Init = new() { Kind = "zeros" } } } },
        { "narrow", new() { Precision = Precision.Bfloat16, Model = new() { Depth = 3 } } },
    };

    [Theory]
    [MemberData(nameof(NotCovered))]
    public void What_theory_does_not_cover_has_none(string what, Experiment experiment)
    {
        Assert.NotNull(what);
        using var process = new StudyRun.ProcessSettings();
        var small = StudyRun.Small(images, "");
        using var prepared = PreparedExperiment.Of(small with { Precision = experiment.Precision, Model = experiment.Model });

        Assert.Null(GradientPrediction.Of(prepared));
    }

    private PreparedExperiment Prepare(ModelSection model) => PreparedExperiment.Of(StudyRun.Small(images, "") with { Model = model });
}
