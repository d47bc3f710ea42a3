using GradTorch.Configuration;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

public class EnsembleMemberTests
{
    [Fact]
    public void Every_combination_is_trained_with_every_seed_the_seeds_fastest()
    {
        var experiment = new Experiment
        {
            Seeds = new() { First = 7, Count = 2 },
            Members = new()
            {
                Vary = new(new VariedKey("training:optimizer:lr", [0.1, 0.01]), new VariedKey("model:init:gain", [1, 2])),
            },
        };
        var members = EnsembleMember.Of(experiment);
        Assert.Equal(Enumerable.Range(0, 8), members.Select(member => member.Index));
        Assert.Equal(
            [(7, 0.1, 1), (8, 0.1, 1), (7, 0.1, 2), (8, 0.1, 2), (7, 0.01, 1), (8, 0.01, 1), (7, 0.01, 2), (8, 0.01, 2)],
            members.Select(member => (member.Seed.Seed, member.Alone.Training.Optimizer.Lr, member.Alone.Model.Init.Gain)));
        Assert.Equal([0.1, 2], members[3].Varied);
    }

    [Fact]
    public void Alone_it_is_an_experiment_of_one_member_that_differs_in_nothing_else()
    {
        using var file = new GradTorch.Tests.Configuration.ExperimentFile("""
            {
              "name": "n", "seeds": { "first": 3, "count": 2 }, "model": { "depth": 9, "init": { "kind": "scaled-normal" } },
              "members": { "vary": { "model:init:weightVariance": [2, 3] } },
              "study": { "variants": { "a": {} } }
            }
            """);
        var alone = EnsembleMember.Of(file.Load())[3].Alone;
        Assert.Equal(
            new Experiment
            {
                Name = "n", Seeds = new() { First = 4 },
                Model = new() { Depth = 9, Init = new() { Kind = "scaled-normal", WeightVariance = 3 } },
            },
            alone);
        Assert.Equal(alone, Assert.Single(EnsembleMember.Of(alone)).Alone);
    }

    [Fact]
    public void The_plan_counts_all_members()
    {
        var one = new Experiment();
        var many = one with
        {
            Seeds = new() { Count = 3 },
            Members = new() { Vary = new(new VariedKey("training:optimizer:lr", [1, 2])) },
        };
        var (alone, together) = (ExperimentPlan.Of(one), ExperimentPlan.Of(many));
        Assert.Equal((1, 6), (alone.Members, together.Members));
        Assert.Equal([0, 1, 2], together.Seeds);
        // Everything but the data is there six times.
        const long Data = 70_000 * 784;
        Assert.Equal(6 * (alone.MemoryBytes - Data), together.MemoryBytes - Data);
    }

    [Fact]
    public void Each_member_is_recorded_with_its_own_slope_and_backward_scale()
    {
        var members = EnsembleMember.Of(new Experiment
        {
            Members = new MembersSection
            {
                Vary = new MemberVariation(
                    new VariedKey("model:activation:slope", [1, 2]), new VariedKey("model:activation:backwardScale", [3, 4])),
                Combine = Combination.Zip,
            },
            Model = new ModelSection { Activation = new ActivationSection { Backward = "arctan" } },
        });
        Assert.Equal([(1.0, 3.0), (2.0, 4.0)], members.Select(member => (member.Row.Slope!.Value, member.Row.BackwardScale!.Value)));
    }

    [Theory]
    [InlineData("mlp", "relu", "xavier-normal", 1.0, null, 0.0, null)]
    [InlineData("mlp", "tanh", "scaled-normal", 1.0, 1.0, 0.0, 1.0)]
    [InlineData("mlp", "tanh", "zeros", null, null, 0.0, 1.0)]
    [InlineData("gru", "tanh", "pytorch", 1.0, null, null, null)]
    public void A_number_without_use_is_not_recorded(
        string kind, string activation, string init, double? gain, double? weightVariance, double? biasVariance, double? slope)
    {
        var row = Assert.Single(EnsembleMember.Of(new Experiment
        {
            Model = new ModelSection { Kind = kind, Activation = new() { Forward = activation }, Init = new() { Kind = init } },
        })).Row;
        Assert.Equal((gain, weightVariance, biasVariance, slope), (row.Gain, row.WeightVariance, row.BiasVariance, row.Slope));
        Assert.Equal((null, null), (row.BackwardScale, row.ClipThreshold));
    }
}
