using GradTorch.Analysis;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Analysis;

/// <summary>Timesteps of databases written by hand: two recurrent layers of three timesteps.</summary>
public sealed class TimestepProfileTests : IDisposable
{
    private const int Layers = 2, Timesteps = 3;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_timestep_is_the_median_of_the_members_at_the_first_and_at_the_last_record()
    {
        var profile = Read(
            [long.MaxValue, long.MaxValue, long.MaxValue],
            (0, [[1, 2, 4, 10, 20, 50], [3, 3, 3, 30, 30, 30], [2, 9, 9, 20, 90, 90]]),
            (10, [[7, 7, 7, 7, 7, 7], [7, 7, 7, 7, 7, 7], [7, 7, 7, 7, 7, 7]]),
            (20, [[1, 1, 1, 8, 1, 4], [1, 1, 1, 6, 1, 1], [5, 5, 5, 7, 9, 9]]))!;

        Assert.Equal([(1, "recurrent1"), (2, "recurrent2")], profile.Layers.Select(layer => (layer.Layer, layer.Name)));
        Assert.All(profile.Layers, layer => Assert.Equal([1, 2, 3], layer.Timesteps.Select(timestep => timestep.Timestep)));
        Assert.Equal([2.0, 3, 4, 20, 30, 50], Norms(profile, timestep => timestep.First));
        Assert.Equal([1.0, 1, 1, 7, 1, 4], Norms(profile, timestep => timestep.Last));
        Assert.Same(profile.Layers[1], profile.NextToOutput);
        Assert.Equal((0.4, 1.75), profile.NextToOutput.TimeRatio(TimestepQuantity.HiddenGradient));
    }

    [Fact]
    public void A_member_that_diverged_is_not_in_the_last_record()
    {
        var profile = Read([5, long.MaxValue], (0, [[1, 1, 1, 1, 1, 1], [3, 3, 3, 3, 3, 3]]), (20, [[99, 99, 99, 99, 99, 99], [8, 8, 8, 8, 8, 8]]))!;

        Assert.All(Norms(profile, timestep => timestep.First), norm => Assert.Equal(2, norm));
        Assert.All(Norms(profile, timestep => timestep.Last), norm => Assert.Equal(8, norm));
    }

    [Fact]
    public void Where_gradients_are_dead_at_both_ends_there_is_no_ratio() => Assert.Equal(
        (double.NaN, 0), Read([long.MaxValue], (0, [[1, 1, 1, 0, 1, 0]]), (20, [[1, 1, 1, 0, 1, 2]]))!
            .NextToOutput.TimeRatio(TimestepQuantity.HiddenGradient));

    [Fact]
    public void A_network_without_time_has_none()
    {
        var summary = Summary([long.MaxValue], recurrentLayers: 0, (0, [[1, 1, 1, 1, 1, 1]]));

        Assert.NotNull(summary.Layers);
        Assert.Null(summary.Timesteps);
    }

    [Fact]
    public void One_recurrent_layer_is_not_compared_with_itself()
    {
        var summary = Summary([long.MaxValue], recurrentLayers: 1, (0, [[1, 2, 4]]));

        Assert.Null(summary.Layers!.HiddenRatio(LayerQuantity.WeightGradient));
        Assert.Equal((0.25, 0.25), summary.Timesteps!.NextToOutput.TimeRatio(TimestepQuantity.HiddenGradient));
    }

    private static IEnumerable<double> Norms(TimestepProfile profile, Func<TimestepChange, IReadOnlyList<double>> of) =>
        profile.Layers.SelectMany(layer => layer.Timesteps).Select(timestep => of(timestep)[(int)TimestepQuantity.HiddenGradient]);

    private TimestepProfile? Read(long[] lastSteps, params (long Step, double[][] Norms)[] records) =>
        Summary(lastSteps, Layers, records).Timesteps;

    /// <summary>A run with the ‖∂L/∂h_t‖ of every member, layer and timestep at some steps.</summary>
    /// <param name="lastSteps">The step at which each member diverged, or <see cref="long.MaxValue"/>.</param>
    private RunSummary Summary(long[] lastSteps, int recurrentLayers, params (long Step, double[][] Norms)[] records)
    {
        var directory = RunDirectory.Create(folder.Path, "made-by-hand");
        directory.WriteConfig("""{ "verdict": { "vanishing": 0.001, "exploding": 1000 } }""");
        string[] names = [.. Enumerable.Range(1, recurrentLayers).Select(number => $"recurrent{number}"), "output"];
        using (var database = RunDatabase.Create(directory.DatabaseFile))
        using (var batch = database.BeginBatch())
        {
            for (var member = 0; member < lastSteps.Length; member++) batch.SetMember(new MemberRow(member, member, 0.01, 1, 1, 0, 1));
            foreach (var (step, norms) in records)
            {
                batch.AddLayerGradients([step], lastSteps, names, new double[lastSteps.Length * names.Length * LayerQuantities.Count]);
                if (recurrentLayers == 0) continue;
                batch.AddTimestepGradients(
                    [step], lastSteps, recurrentLayers, Timesteps, [.. norms.SelectMany(member => member).SelectMany(Quantities)]);
            }
            batch.Commit();
        }
        return RunSummary.Read(directory);
    }

    private static double[] Quantities(double hiddenGradient)
    {
        var quantities = new double[TimestepQuantities.Count];
        quantities[(int)TimestepQuantity.HiddenGradient] = hiddenGradient;
        return quantities;
    }
}
