using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Rules of the section training: what a kind of optimiser, schedule or clipping has no use for is no part of it.
/// </summary>
public sealed class TrainingRuleTests
{
    [Theory]
    [InlineData("optimizer", "adam", "momentum", "0.9", "sgd or rmsprop")]
    [InlineData("optimizer", "adamw", "momentum", "0.9", "sgd or rmsprop")]
    [InlineData("optimizer", "adam", "nesterov", "true", "sgd")]
    [InlineData("optimizer", "rmsprop", "nesterov", "true", "sgd")]
    [InlineData("optimizer", "sgd", "beta1", "0.5", "adam or adamw")]
    [InlineData("optimizer", "rmsprop", "beta2", "0.99", "adam or adamw")]
    [InlineData("optimizer", "sgd", "alpha", "0.9", "rmsprop")]
    [InlineData("optimizer", "adamw", "centered", "true", "rmsprop")]
    [InlineData("optimizer", "sgd", "epsilon", "1e-7", "adam or adamw or rmsprop")]
    [InlineData("schedule", "constant", "every", "10", "step")]
    [InlineData("schedule", "plateau", "every", "10", "step")]
    [InlineData("schedule", "cosine", "factor", "0.5", "step or plateau")]
    [InlineData("schedule", "step", "patience", "3", "plateau")]
    [InlineData("schedule", "cosine", "threshold", "0.01", "plateau")]
    [InlineData("schedule", "step", "minLr", "1e-5", "cosine or plateau")]
    [InlineData("clip", "value", "scope", "\"layer\"", "norm")]
    [InlineData("clip", "none", "scope", "\"layer\"", "norm")]
    [InlineData("clip", "none", "threshold", "2", "norm or value")]
    public void A_key_of_another_kind_is_an_error(string section, string kind, string key, string value, string users)
    {
        using var file = new ExperimentFile(
            $$"""{ "training": { "{{section}}": { "kind": "{{kind}}", "{{key}}": {{value}} } } }""");
        string found = value.StartsWith('"') ? $"the text '{value.Trim('"')}'" : value;
        Assert.Equal(
            [
                $"x.json:1: training:{section}:{key}: found {found}, but training:{section}:kind is {kind}; allowed: only with "
                + $"training:{section}:kind {users}",
            ],
            file.Errors());
    }

    [Theory]
    [InlineData("optimizer", """{ "lr": 1, "momentum": 0.9, "nesterov": true, "weightDecay": 0.1 }""")]
    [InlineData("optimizer", """{ "kind": "adam", "weightDecay": 0.1, "beta1": 0.5, "beta2": 0.99, "epsilon": 1e-7 }""")]
    [InlineData("optimizer", """{ "kind": "adamw", "weightDecay": 0.1, "beta1": 0.5, "beta2": 0.99, "epsilon": 1e-7 }""")]
    [InlineData("optimizer", """{ "kind": "rmsprop", "momentum": 0.9, "alpha": 0.9, "centered": true, "epsilon": 1e-7 }""")]
    [InlineData("schedule", """{ "kind": "constant", "warmup": 5 }""")]
    [InlineData("schedule", """{ "kind": "step", "warmup": 5, "every": 10, "factor": 0.5 }""")]
    [InlineData("schedule", """{ "kind": "cosine", "warmup": 5, "minLr": 1e-5 }""")]
    [InlineData("schedule", """{ "kind": "plateau", "factor": 0.5, "patience": 3, "threshold": 0.01, "minLr": 1e-5 }""")]
    [InlineData("clip", """{ "kind": "norm", "scope": "layer", "threshold": 2 }""")]
    [InlineData("clip", """{ "kind": "value", "threshold": 2 }""")]
    public void The_keys_of_a_kind_are_its_own(string section, string json)
    {
        using var file = new ExperimentFile($$"""{ "training": { "{{section}}": {{json}} } }""");
        file.Load();
    }

    [Fact]
    public void A_stronger_source_that_gives_another_kind_takes_keys_away()
    {
        using var file = new ExperimentFile("""
            { "training": { "optimizer": { "momentum": 0.9, "nesterov": true, "weightDecay": 0.1 },
                "schedule": { "kind": "plateau", "factor": 0.5, "patience": 3, "warmup": 5 },
                "clip": { "kind": "norm", "scope": "layer", "threshold": 2 } } }
            """);
        var training = file.Load([
            "--training:optimizer:kind", "rmsprop", "--training:schedule:kind", "step", "--training:clip:kind", "value"]).Training;
        Assert.Equal(new OptimizerSection { Kind = "rmsprop", Momentum = 0.9, WeightDecay = 0.1 }, training.Optimizer);
        Assert.Equal(new ScheduleSection { Kind = "step", Factor = 0.5, Warmup = 5 }, training.Schedule);
        Assert.Equal(new ClipSection { Kind = "value", Threshold = 2 }, training.Clip);
    }

    [Fact]
    public void Nesterov_without_momentum_in_an_optimiser_that_has_neither_is_one_error()
    {
        using var file = new ExperimentFile("""{ "training": { "optimizer": { "kind": "adam", "nesterov": true } } }""");
        Assert.EndsWith("; allowed: only with training:optimizer:kind sgd", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }
}
