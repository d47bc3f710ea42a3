using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

public sealed class ExperimentSettingsTests
{
    [Fact]
    public void What_is_given_is_all_that_is_not_at_its_default()
    {
        using var culture = new CommaDecimal();
        Assert.Empty(ExperimentSettings.Given(new Experiment()));
        using var file = new ExperimentFile("""
            {
              "seeds": { "count": 1 },
              "data": { "source": "csv", "path": "x.csv", "target": "y", "categorical": ["a", "b"] },
              "model": { "kind": "residual", "depth": 4, "skip": { "scale": "1/sqrt(depth)" }, "activation": { "slope": 0.5 } },
              "training": { "steps": 3 },
              "members": { "vary": { "training:optimizer:lr": [0.1, 0.2] } }
            }
            """);
        Assert.Equal(
            ["data:source", "data:target", "data:categorical", "model:kind", "model:depth", "model:activation:slope", "model:skip:scale", "training:steps"],
            Given(file).Select(key => key.Path).Where(path => path != "data:path"));
        Assert.Contains(("model:activation:slope", "0.5"), Given(file));
        Assert.Contains(("model:skip:scale", "1/sqrt(depth)"), Given(file));
    }

    [Theory]
    [InlineData("mlp", "relu", "model:activation:slope", false)]
    [InlineData("mlp", "tanh", "model:activation:slope", true)]
    [InlineData("lstm", "tanh", "model:activation:slope", false)]
    [InlineData("lstm", "tanh", "model:depth", true)]
    [InlineData("mlp", "tanh", "model:skip:every", false)]
    [InlineData("residual", "tanh", "model:skip:every", true)]
    public void A_key_is_used_when_all_that_it_needs_is_there(string kind, string activation, string path, bool used) => Assert.Equal(
        used,
        ExperimentSettings.IsUsed(
            new Experiment { Model = new ModelSection { Kind = kind, Activation = new ActivationSection { Forward = activation } } }, path));

    private static List<(string Path, string Value)> Given(ExperimentFile file) => [.. ExperimentSettings.Given(file.Load())];
}
