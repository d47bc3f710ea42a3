using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Training;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>What a run records of members that diverge.</summary>
public sealed class DivergedRunTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Fact]
    public void One_that_diverges_is_marked_and_the_others_finish_with_the_same_numbers()
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Small(images, output.Path);
        var calm = StudyRun.Of(experiment);
        var told = new List<Divergence>();
        var wild = StudyRun.Of(experiment, new StudyListener { OnDiverged = told.Add }, Break(member: 1, layer: 3));

        Assert.Equal((RunExit.Finished, 40), (wild.Outcome.Exit, wild.Outcome.Steps));
        Assert.Equal(RunExit.Finished, wild.Directory.ReadManifest().Exit);
        Assert.Equal([new Divergence(1, 0, 3)], wild.Outcome.Divergences);
        Assert.Equal(wild.Outcome.Divergences, told);
        var members = wild.Read(reader => reader.Members());
        Assert.Equal([MemberStatus.Finished, MemberStatus.Diverged, MemberStatus.Finished], members.Select(member => member.Status));
        Assert.Equal((0L, 3), (members[1].DivergedStep, members[1].DivergedLayer));
        Assert.All([members[0], members[2]], member => Assert.Null(member.DivergedStep));

        Assert.Equal(RowsOf(calm, 0), RowsOf(wild, 0));
        Assert.Equal(RowsOf(calm, 2), RowsOf(wild, 2));
        Assert.Contains("member 1 diverged at step 0 in layer 3", File.ReadAllText(wild.Directory.LogFile), StringComparison.Ordinal);
    }

    /// <summary>W meets its first state, h_1, at timestep 2.</summary>
    [Fact]
    public void In_a_recurrent_layer_the_timestep_is_marked_too()
    {
        using var output = new TemporaryFolder();
        var run = StudyRun.Of(StudyRun.Rows(images, output.Path, "elman"), before: prepared =>
        {
            using var off = no_grad();
            prepared.Model.RecurrentLayers[1].RecurrentWeight[1].fill_(double.NaN);
        });

        Assert.Equal([new Divergence(1, 0, 2, 2)], run.Outcome.Divergences);
        var member = run.Read(reader => reader.Members())[1];
        Assert.Equal((0L, 2, 2), (member.DivergedStep, member.DivergedLayer, member.DivergedTimestep));
        Assert.Contains(
            "member 1 diverged at step 0 in layer 2 at timestep 2; the others go on", File.ReadAllText(run.Directory.LogFile),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_recorded_of_it_after_the_step()
    {
        using var output = new TemporaryFolder();
        var wild = StudyRun.Of(StudyRun.Small(images, output.Path), before: Break(member: 1, layer: 3));
        Assert.All(wild.Read(reader => reader.Scalars()).Where(row => row.Member == 1), row => Assert.Equal(0, row.Step));
        Assert.All(wild.Read(reader => reader.LayerGradients()).Where(row => row.Member == 1), row => Assert.Equal(0, row.Step));
        Assert.DoesNotContain(wild.Read(reader => reader.Evaluations()), row => row.Member == 1);
        // The step itself is recorded as it was: a NaN loss, and non-finite elements from layer 3 on.
        Assert.True(double.IsNaN(Assert.Single(wild.Scalars(1, "loss"))));
        var layers = wild.Read(reader => reader.LayerGradients()).Where(row => row.Member == 1).ToArray();
        Assert.Equal([1, 2, 3, 4, 5], layers.Select(row => row.Layer));
        Assert.True(double.IsFinite(layers[1].Quantities[(int)LayerQuantity.ActivationMean]));
        Assert.True(double.IsNaN(layers[2].Quantities[(int)LayerQuantity.ActivationMean]));
    }

    /// <summary>Updates of about 1e30 in step 0, and in step 1 their product in layer 2; flushed after step 6.</summary>
    [Fact]
    public void When_all_diverge_the_run_ends_early_and_is_finished()
    {
        using var output = new TemporaryFolder();
        var small = StudyRun.Small(images, output.Path);
        var run = StudyRun.Of(small with
        {
            Model = small.Model with { Activation = new ActivationSection { Forward = "relu" } },
            Training = small.Training with { Steps = 100_000, Optimizer = new OptimizerSection { Lr = 1e30 } },
        });
        Assert.Equal((RunExit.Finished, 7), (run.Outcome.Exit, run.Outcome.Steps));
        Assert.Equal(RunExit.Finished, run.Directory.ReadManifest().Exit);
        Assert.Equal([0, 1, 2], run.Outcome.Divergences.Select(divergence => divergence.Member).Order());
        var members = run.Read(reader => reader.Members());
        Assert.All(members, member => Assert.Equal((MemberStatus.Diverged, 1L, 2), (member.Status, member.DivergedStep, member.DivergedLayer)));
        Assert.Equal([0, 1], run.Read(reader => reader.Scalars()).Select(row => row.Step).Distinct());
        Assert.Null(run.Outcome.Evaluation);
    }

    private static Action<PreparedExperiment> Break(int member, int layer) => prepared =>
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        prepared.Model.Layers[layer - 1].Linear.Weight[member, 0, 0].fill_(double.NaN);
    };

    /// <summary>Everything that is recorded of one member, numbers with all their bits.</summary>
    private static string[] RowsOf(StudyRun run, int member) =>
    [
        .. run.Read(reader => reader.Scalars()).Where(row => row.Member == member)
            .Select(row => Row(row.Step, row.Name, row.Value)),
        .. run.Read(reader => reader.LayerGradients()).Where(row => row.Member == member)
            .Select(row => Row(row.Step, row.LayerName, row.Quantities)),
        .. run.Read(reader => reader.Evaluations()).Where(row => row.Member == member)
            .Select(row => Row(row.Step, row.Split, row.Loss, row.Accuracy!.Value)),
    ];

    private static string Row(long step, string name, params IReadOnlyList<double> numbers) =>
        FormattableString.Invariant($"{step} {name} {string.Join(' ', Bits.Of(numbers))}");
}
