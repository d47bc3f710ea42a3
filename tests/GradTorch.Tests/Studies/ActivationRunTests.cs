using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>Activations and surrogates as an experiment names them.</summary>
public sealed class ActivationRunTests(SmallImages images) : IClassFixture<SmallImages>
{
    public static TheoryData<string> Backwards => [.. BackwardRegistry.Names];

    public static TheoryData<string> Activations => [.. ActivationRegistry.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_trains_and_is_recorded(string forward)
    {
        using var output = new TemporaryFolder();
        var run = StudyRun.Of(Small(output, new ActivationSection { Forward = forward, Alpha = 0.5 }));
        Assert.Empty(run.Outcome.Divergences);
        Assert.All(run.Weights, weight => Assert.True(double.IsFinite(weight)));
    }

    /// <summary>The forward is the same, so the first loss is; the way back is not, so the next ones are not.</summary>
    [Theory]
    [MemberData(nameof(Backwards))]
    public void A_backward_changes_the_training_and_not_the_network(string backward)
    {
        using var output = new TemporaryFolder();
        var exact = StudyRun.Of(Small(output, new ActivationSection { Forward = "relu" }));
        var run = StudyRun.Of(Small(output, new ActivationSection { Forward = "relu", Backward = backward, BackwardScale = 0.8 }));
        Assert.Equal(exact.Scalars(0, "loss")[0], run.Scalars(0, "loss")[0]);
        Assert.Equal(backward == BackwardRegistry.Exact, exact.Scalars(0, "loss")[3] == run.Scalars(0, "loss")[3]);
    }

    [Fact]
    public void Without_a_scale_a_surrogate_has_its_own()
    {
        using var output = new TemporaryFolder();
        StudyRun Run(double? scale) =>
            StudyRun.Of(Small(output, new ActivationSection { Forward = "relu", Backward = "b-silu", BackwardScale = scale }));
        var own = Bits.Of(Run(null).Weights);
        Assert.Equal(own, Bits.Of(Run(1.67).Weights));
        Assert.NotEqual(own, Bits.Of(Run(1).Weights));
    }

    [Fact]
    public void Each_member_of_a_prelu_net_is_what_it_is_alone()
    {
        using var output = new TemporaryFolder();
        var experiment = Small(output, new ActivationSection { Forward = "prelu" });
        var together = StudyRun.Of(experiment);
        // A slope for each of the 3 hidden layers of each of the 3 members, in the plan too.
        var relu = Small(output, new ActivationSection { Forward = "relu" });
        Assert.Equal(StudyRun.Of(relu).Weights.Length + 9, together.Weights.Length);
        Assert.Equal(ExperimentPlan.Of(relu).Parameters + 3, ExperimentPlan.Of(experiment).Parameters);
        for (var member = 0; member < 3; member++)
        {
            var alone = StudyRun.Of(experiment with { Seeds = new SeedSection { First = 5 + member } });
            Arrays.AssertClose(alone.Scalars(0, "loss"), together.Scalars(member, "loss"), relative: 1e-4);
        }
    }

    [Fact]
    public void Recording_changes_no_bit_of_a_net_whose_saturation_is_asked_of_its_slope()
    {
        using var output = new TemporaryFolder();
        var experiment = Small(output, new ActivationSection { Forward = "gelu", Backward = "arctan" });
        var silent = experiment with { Gradients = new GradientSection { Every = 0 } };
        Assert.Equal(Bits.Of(StudyRun.Of(silent).Weights), Bits.Of(StudyRun.Of(experiment).Weights));
    }

    private Experiment Small(TemporaryFolder output, ActivationSection activation) => StudyRun.Small(images, output.Path) with
    {
        Model = new ModelSection { Depth = 3, Width = 8, Activation = activation },
        Training = new TrainingSection { Epochs = null, Steps = 6, Optimizer = new OptimizerSection { Lr = 0.05 } },
    };
}
