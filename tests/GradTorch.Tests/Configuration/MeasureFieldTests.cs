using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Tests.Configuration;

/// <summary>What is asked to be measured, as it is written and read.</summary>
public sealed class MeasureFieldTests
{
    [Fact]
    public void Names_are_a_list_in_a_file_and_separated_by_commas_elsewhere()
    {
        using var file = new ExperimentFile("""{ "gradients": { "measure": ["exponents", "dead-units"] } }""");
        Assert.Equal(["exponents", "dead-units"], file.Load().Gradients.Measure);
        Assert.Equal(["dead-units"], file.Load(["--gradients:measure", "dead-units"]).Gradients.Measure);
        Assert.Equal(["dead-units", "exponents"], file.Load([], ["GRADTORCH__gradients__measure=dead-units,exponents"]).Gradients.Measure);
        Assert.Empty(file.Load(["--gradients:measure", ""]).Gradients.Measure);
        Assert.Empty(new Experiment().Gradients.Measure);
        using var again = new ExperimentFile(ExperimentWriter.ToJson(file.Load()));
        Assert.Equal(file.Load(), again.Load());
    }

    [Theory]
    [InlineData("""["dead-unit"]""", "'dead-unit' is not a measurement; allowed: a list of dead-units, exponents")]
    [InlineData("""["dead-unit"]""", "; did you mean 'dead-units'?")]
    [InlineData("""["exponents", "exponents"]""", "found 'exponents' 2 times; allowed: each once")]
    [InlineData("\"exponents\"", "allowed: a list of dead-units, exponents")]
    [InlineData("[3]", "'3' is not a measurement; allowed: a list of")]
    public void What_is_no_list_of_measurements_is_one_error(string written, string message)
    {
        using var file = new ExperimentFile($$"""{ "gradients": { "measure": {{written}} } }""");
        var error = Assert.Single(file.Errors());
        Assert.Contains("gradients:measure", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_measured_where_nothing_is_recorded()
    {
        using var file = new ExperimentFile("""{ "gradients": { "every": 0, "measure": ["exponents"] } }""");
        Assert.EndsWith(
            "gradients:measure: found exponents, but every is 0, which records nothing; allowed: only with every above 0", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_with_the_exact_derivative_has_no_use_where_it_is_that()
    {
        var experiment = new Experiment { Gradients = new GradientSection { Measure = ["compare-exact"] } };
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment)).Errors);
        Assert.Equal(
            "'compare-exact' has no use without a surrogate derivative, and model:activation:backward is 'exact'; allowed here: dead-units, exponents, joint, singular-values, inside",
            error.Message);
        var surrogate = new ActivationSection { Forward = "relu", Backward = "straight-through" };
        Assert.Equal(["compare-exact"], ExperimentPlan.Of(experiment with { Model = new ModelSection { Activation = surrogate } }).Measured.Names);
    }

    [Fact]
    public void What_is_not_for_the_model_is_told_with_what_is()
    {
        var experiment = new Experiment
        {
            Data = new DataSection { Source = "adding", Length = 10 }, Model = new ModelSection { Kind = "gru" },
            Gradients = new GradientSection { Measure = ["exponents", "dead-units"] },
        };
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment)).Errors);
        Assert.Equal("gradients:measure", error.Path);
        Assert.StartsWith(
            "'dead-units' is for mlp, residual, elman, and model:kind is 'gru'; allowed here: exponents, joint, singular-values", error.Message, StringComparison.Ordinal);
    }
}
