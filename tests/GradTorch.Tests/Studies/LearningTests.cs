using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Studies;

/// <summary>The experiments of the folder configs learn.</summary>
public sealed class LearningTests
{
    /// <summary>Ten epochs of it reach 0.87; a tenth of that is well on the way.</summary>
    [FactWithFashionMnist]
    public void Six_hundred_steps_of_fashion_mnist_relu_100_get_four_of_five_test_images_right()
    {
        using var output = new TemporaryFolder();
        var experiment = ExperimentLoader.Load(
            Path.Combine(ConfigsFolder.Path, "fashion-mnist-relu-100.json"),
            [
                "--training:steps", "600", "--training:evaluateEvery", "600", "--device", "cpu", "--output", output.Path,
                "--data:path", FactWithFashionMnistAttribute.Folder,
            ],
            new Dictionary<string, string>());
        var run = StudyRun.Of(experiment);
        Assert.Equal((RunExit.Finished, 600), (run.Outcome.Exit, run.Outcome.Steps));
        var evaluation = Assert.Single(run.Read(reader => reader.Evaluations()));
        Assert.Equal(600, evaluation.Step);
        Assert.InRange(evaluation.Accuracy!.Value, 0.80, 0.90);
        Assert.InRange(evaluation.Loss, 0.3, 0.6);
    }
}
