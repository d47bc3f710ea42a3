using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

/// <summary>The vanishing-gradient regulariser in an experiment; its numbers are proved with the scan's.</summary>
public sealed class RegulariserTests
{
    [Fact]
    public void Omega_is_recorded_at_every_step_and_training_makes_it_smaller_than_without()
    {
        using var output = new TemporaryFolder();
        // Recurrent weights so small that gradients vanish: Ω is near 1 for each pair of timesteps.
        var plain = Adding(output.Path) with { Name = "plain" };
        var weak = plain with { Training = plain.Training with { Regulariser = new() { Kind = "vanishing-gradient", Weight = 1e-12 } } };
        var strong = plain with { Training = plain.Training with { Regulariser = new() { Kind = "vanishing-gradient", Weight = 1 } } };
        Assert.Empty(StudyRun.Of(plain).Scalars(0, "omega"));
        var (without, with) = (StudyRun.Of(weak), StudyRun.Of(strong));
        foreach (var member in new[] { 0, 1 })
        {
            var (first, last) = (with.Scalars(member, "omega"), without.Scalars(member, "omega"));
            Assert.Equal(60, first.Length);
            Assert.Equal(first[0], last[0]);
            Assert.InRange(first[0], 0.5, 1);
            Assert.True(first[^1] < 0.8 * last[^1], $"Ω {first[^1]} with λ = 1, {last[^1]} without");
        }
    }

    [Fact]
    public void It_is_refused_for_a_model_that_it_is_not_made_for()
    {
        var experiment = new Experiment { Training = new() { Regulariser = new() { Kind = "vanishing-gradient" } } };
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment)).Errors);
        Assert.Equal(
            ("training:regulariser:kind", "'vanishing-gradient' is for elman, and model:kind is 'mlp'; allowed here: none"),
            (error.Path, error.Message));
    }

    private static Experiment Adding(string output) => new()
    {
        Device = "cpu",
        Output = output,
        Seeds = new SeedSection { Count = 2 },
        Data = new DataSection { Source = "adding", Length = 12, Train = 200, Test = 20, Batch = 20 },
        Model = new ModelSection
        {
            Kind = "elman", Depth = 1, Width = 10, RecurrentInit = new InitSection { Kind = "orthogonal", Gain = 0.4 },
        },
        Training = new TrainingSection { Epochs = null, Steps = 60, Optimizer = new OptimizerSection { Lr = 0.05 } },
        Gradients = new GradientSection { Every = 10, Flush = 60 },
    };
}
