using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Dynamics;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Analysis.Dynamics;

/// <summary>Dynamics of small runs as they stand in their databases.</summary>
public sealed class VariantDynamicsTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    /// <summary>A share that the gradients of the small network cross again and again.</summary>
    private const double Limit = 0.55;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Transitions_of_each_layer_are_those_of_its_rows()
    {
        var run = StudyRun.Of(StudyRun.Small(images, folder.Path) with { Verdict = new() { Vanishing = Limit } });
        var dynamics = Read(run);
        var rows = run.Read(database => database.LayerGradients());

        Assert.Equal(["hidden1", "hidden2", "hidden3"], dynamics.Chain.Places.Select(place => place.Name));
        Assert.Equal((40, 1.0), (dynamics.Chain.Steps.Count, dynamics.Chain.StepsBetween));
        Assert.All(dynamics.Chain.Places, place => Assert.Equal(
            ChainOracle.Count(rows, place.Place, 4, Limit),
            (place.Vanishing.Count, place.Vanishing.Chances, place.Return.Count, place.Return.Chances)));
        // The limit is what it is for.
        Assert.Contains(dynamics.Chain.Places, place => place.Vanishing.Count > 0 && place.Return.Count > 0);
        Assert.All(dynamics.Chain.Places, place => Assert.Equal(3 * 39, place.Vanishing.Chances + place.Return.Chances));
    }

    [Fact]
    public void Recurrent_nets_have_a_chain_of_each_timestep_of_the_layer_next_to_the_output()
    {
        var run = StudyRun.Of(StudyRun.Rows(images, folder.Path, "elman") with { Verdict = new() { Vanishing = 0.05 } });
        var dynamics = Read(run);

        Assert.Equal(7, dynamics.Chain.Places.Count);
        Assert.Equal("timestep 1 of recurrent2", dynamics.Chain.Places[0].Name);
        var rows = run.Read(database => database.TimestepGradients()).Where(row => row.Layer == 2).ToList();
        Assert.All(dynamics.Chain.Places, place => Assert.Equal(
            rows.Where(row => row.Step == 0 && row.Timestep == place.Place).Count(row =>
                row[TimestepQuantity.PreactivationGradient] <= 0.05 * rows.Single(last => last.Step == 0 && last.Member == row.Member && last.Timestep == 8)[TimestepQuantity.PreactivationGradient]),
            place.VanishedFirst));
        Assert.Equal(["ln_delta_ratio", "zero_gradient"], dynamics.Chain.Initial.Names);
    }

    [Fact]
    public void Weights_go_from_those_of_the_first_record_to_those_of_the_last()
    {
        var run = StudyRun.Of(StudyRun.Small(images, folder.Path));
        var weights = Read(run).Weights;

        Assert.Equal([(0, 5L), (1, 6L), (2, 7L)], weights.Select(member => (member.Member, member.Seed)));
        double Norm(long step, int member, int layer) =>
            run.Read(database => database.LayerGradientsAt(step)).Single(row => row.Member == member && row.Layer == layer)[LayerQuantity.Weight];
        Assert.All(weights, member =>
        {
            Assert.Equal(5, member.Layers.Count);
            Assert.All(member.Layers, layer => Assert.Equal((Norm(0, member.Member, layer.Layer), Norm(39, member.Member, layer.Layer)), (layer.First, layer.Last)));
            Assert.Equal(Math.Sqrt(Enumerable.Range(1, 5).Sum(layer => Math.Pow(Norm(39, member.Member, layer), 2))), member.Whole.Last, 1e-12);
            Assert.Equal(member.Whole.Last / member.Whole.First, member.Whole.Ratio);
        });
    }

    [Fact]
    public void A_member_that_diverged_is_censored_at_its_last_record_and_counted()
    {
        var small = StudyRun.Small(images, folder.Path);
        var relu = small with { Model = small.Model with { Activation = new() { Forward = "relu" } }, Verdict = new() { Vanishing = Limit } };
        var run = StudyRun.Of(relu, before: prepared =>
        {
            using var off = TorchSharp.torch.no_grad();
            prepared.Model.Layers[1].Linear.Weight[1].mul_(1e38);
        });
        var dynamics = Read(run);
        var diverged = Assert.Single(dynamics.Chain.Members, member => member.Status == MemberStatus.Diverged);

        Assert.Equal(run.Outcome.Divergences[0].Step, diverged.Steps[^1]);
        Assert.Equal(3, dynamics.Model.LeftOut);
        Assert.Equal(6, dynamics.Model.Observations);
        var rows = run.Read(database => database.LayerGradients());
        Assert.All(dynamics.Chain.Places, place => Assert.Equal(
            ChainOracle.Count(rows, place.Place, 4, Limit),
            (place.Vanishing.Count, place.Vanishing.Chances, place.Return.Count, place.Return.Chances)));
    }

    [Fact]
    public void What_has_no_way_back_has_no_dynamics()
    {
        var small = StudyRun.Small(images, folder.Path);
        var unrecorded = StudyRun.Of(small with { Gradients = new() { Every = 0 } });
        var shallow = StudyRun.Of(small with { Model = small.Model with { Depth = 1 } });

        Assert.Equal("no gradient was recorded of it", VariantChain.Obstacle(ComparedVariant.Read(unrecorded.Directory)[0]));
        Assert.Equal("its gradient has one layer only, and nothing to vanish over", VariantChain.Obstacle(ComparedVariant.Read(shallow.Directory)[0]));
    }

    private static VariantDynamics Read(StudyRun run) => VariantDynamics.Read(Assert.Single(ComparedVariant.Read(run.Directory)));
}
