using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

/// <summary>Initialisers where they can't work: refused before anything is read.</summary>
public sealed class InitialiserFitTests
{
    [Fact]
    public void Spectral_radius_is_for_recurrent_weights_only()
    {
        var message = Refused("model:init:kind", new ModelSection { Init = new InitSection { Kind = "spectral-radius" } });
        Assert.StartsWith("'spectral-radius' is for square matrices", message, StringComparison.Ordinal);
        Assert.Contains("model:recurrentInit", message, StringComparison.Ordinal);
        Assert.Contains("allowed here: xavier-normal, ", message, StringComparison.Ordinal);
        Assert.EndsWith("sparse, lsuv, file", message, StringComparison.Ordinal);
        ExperimentPlan.Of(new Experiment
        {
            Model = new ModelSection { RecurrentInit = new InitSection { Kind = "spectral-radius" } },
        });
    }

    [Fact]
    public void Lsuv_is_for_layers_only()
    {
        var message = Refused("model:recurrentInit:kind", new ModelSection { RecurrentInit = new InitSection { Kind = "lsuv" } });
        Assert.StartsWith("'lsuv' rescales whole layers", message, StringComparison.Ordinal);
        Assert.EndsWith("sparse, spectral-radius", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lsuv_needs_biases_that_leave_it_some_variance()
    {
        static ModelSection With(double variance) =>
            new() { Init = new InitSection { Kind = "lsuv", Gain = 2, BiasVariance = variance } };
        Assert.Equal(
            "found 4; allowed: below 4, the variance gain² that lsuv gives weights and biases together",
            Refused("model:init:biasVariance", With(4)));
        ExperimentPlan.Of(new Experiment { Model = With(3.9) });
    }

    [Fact]
    public void Lsuv_needs_that_of_the_biases_of_every_member() => Assert.StartsWith("found 1.5; allowed: below 1,", Refused(
        "model:init:biasVariance", new ModelSection { Init = new InitSection { Kind = "lsuv" } },
        new MembersSection { Vary = new(new VariedKey("model:init:biasVariance", [0, 1.5])) }), StringComparison.Ordinal);

    private static string Refused(string path, ModelSection model, MembersSection? members = null)
    {
        var experiment = new Experiment { Model = model, Members = members ?? new MembersSection() };
        var thrown = Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment));
        var error = Assert.Single(thrown.Errors);
        Assert.Equal(path, error.Path);
        return error.Message;
    }

    /// <summary>They were passed over: a recurrent layer has one bias, drawn by model:init.</summary>
    [Theory]
    [InlineData(1.0, 0.0, "biasMean: found 1")]
    [InlineData(0.0, 0.5, "biasVariance: found 0.5")]
    public void Biases_of_recurrent_weights_are_refused(double mean, double variance, string found)
    {
        var thrown = Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(new Experiment
        {
            Data = new DataSection { Source = "adding" },
            Model = new ModelSection { Kind = "elman", RecurrentInit = new InitSection { BiasMean = mean, BiasVariance = variance } },
        }));
        Assert.StartsWith($"experiment: model:recurrentInit:{found}, but a recurrent layer has its biases from model:init", thrown.Message, StringComparison.Ordinal);
    }
}
