using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>A probe shows what a run of the same experiment records at step 0.</summary>
public sealed class ExperimentProbeTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Fact]
    public void It_is_the_first_record_of_the_run_but_for_the_update()
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Small(images, output.Path);
        var run = StudyRun.Of(experiment with { Training = experiment.Training with { Steps = 1 } });
        var probe = Probe(experiment);
        Assert.Equal([(0, 5L), (1, 6L), (2, 7L)], probe.Select(member => (member.Member, member.Seed)));

        var recorded = run.Read(reader => reader.LayerGradients());
        Assert.Equal(3 * 5, recorded.Length);
        foreach (var row in recorded)
        {
            var layer = probe[row.Member].Layers[row.Layer - 1];
            Assert.Equal((row.Layer, row.LayerName), (layer.Layer, layer.LayerName));
            foreach (var quantity in LayerQuantities.All)
            {
                var (found, expected) = (layer.Quantities[(int)quantity], row.Quantities[(int)quantity]);
                if (quantity != LayerQuantity.Update)
                {
                    Assert.Equal(Bits.Of([expected]), Bits.Of([found]));
                    continue;
                }
                Assert.True(double.IsNaN(found));
                Assert.True(expected > 0);
            }
        }
        for (var member = 0; member < 3; member++) Assert.Equal(run.Scalars(member, "loss")[0], probe[member].Loss, 1e-12);
    }

    [Theory]
    [InlineData("elman")]
    [InlineData("lstm")]
    public void Of_a_recurrent_network_it_is_that_in_every_layer_and_timestep(string kind)
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Rows(images, output.Path, kind);
        var run = StudyRun.Of(experiment with { Training = experiment.Training with { Steps = 1 } });
        var probe = Probe(experiment);

        var layers = run.Read(reader => reader.LayerGradients());
        Assert.Equal(3 * 3, layers.Length);
        Assert.All(layers, row =>
        {
            var layer = probe[row.Member].Layers[row.Layer - 1];
            Assert.Equal((row.Layer, row.LayerName), (layer.Layer, layer.LayerName));
            Assert.Equal(row[LayerQuantity.WeightGradient], layer.Quantities[(int)LayerQuantity.WeightGradient]);
        });
        var timesteps = run.Read(reader => reader.TimestepGradients());
        Assert.Equal(3 * 2 * 8, timesteps.Length);
        Assert.All(timesteps.GroupBy(row => row.Member), member => Assert.Equal(
            member.Select(row => (row.Layer, row.Timestep)), probe[member.Key].Timesteps.Select(row => (row.Layer, row.Timestep))));
        Assert.All(timesteps.GroupBy(row => row.Member), member => Assert.Equal(
            Bits.Of(member.SelectMany(row => row.Quantities)),
            Bits.Of(probe[member.Key].Timesteps.SelectMany(row => row.Quantities))));
    }

    [Fact]
    public void It_leaves_the_weights_as_they_are()
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(StudyRun.Small(images, "unused"));
        var before = HostCopy.Doubles(prepared.Model.Parameters.Values);
        ExperimentProbe.Run(prepared);
        Assert.Equal(Bits.Of(before), Bits.Of(HostCopy.Doubles(prepared.Model.Parameters.Values)));
    }

    [Fact]
    public void It_creates_no_run_directory()
    {
        using var output = new TemporaryFolder();
        Probe(StudyRun.Small(images, output.Path));
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    private static IReadOnlyList<MemberProbe> Probe(Experiment experiment)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        return ExperimentProbe.Run(prepared);
    }
}
