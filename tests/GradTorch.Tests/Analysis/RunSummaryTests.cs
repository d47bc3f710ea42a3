using GradTorch.Analysis;
using GradTorch.Quantities;
using GradTorch.Runs;

namespace GradTorch.Tests.Analysis;

/// <summary>Summaries of databases written by hand.</summary>
public sealed class RunSummaryTests : IDisposable
{
    private static readonly string[] Layers = ["hidden1", "hidden2", "output"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_layer_is_the_median_of_the_members_at_the_first_and_at_the_last_record()
    {
        var profile = Read(
            (0, [[1, 10, 100], [3, 30, 300], [2, 20, 200]]),
            (10, [[7, 7, 7], [7, 7, 7], [7, 7, 7]]),
            (20, [[0.5, 10, 1], [0.1, 10, 3], [9, 10, 2]])).Layers!;

        Assert.Equal((0, 20), (profile.FirstStep, profile.LastStep));
        Assert.Equal(["hidden1", "hidden2", "output"], profile.Layers.Select(layer => layer.Name));
        Assert.Equal([1, 2, 3], profile.Layers.Select(layer => layer.Layer));
        Assert.Equal([2.0, 20, 200], profile.Layers.Select(layer => layer.First[(int)LayerQuantity.WeightGradient]));
        Assert.Equal([0.5, 10, 2], profile.Layers.Select(layer => layer.Last[(int)LayerQuantity.WeightGradient]));
        Assert.Equal([0.25, 0.5, 0.01], profile.Layers.Select(layer => layer.Ratio(LayerQuantity.WeightGradient)));
    }

    [Fact]
    public void The_hidden_ratio_leaves_the_output_layer_out()
    {
        var profile = Read((0, [[1, 10, 1000]]), (20, [[2, 4, 1000]])).Layers!;

        Assert.Equal((0.1, 0.5), profile.HiddenRatio(LayerQuantity.WeightGradient));
    }

    [Fact]
    public void A_NaN_of_one_member_shows()
    {
        var profile = Read((0, [[1, 1, 1], [1, 1, 1], [1, 1, 1]]), (20, [[1, double.NaN, 1], [1, 1, 1], [1, 1, 1]])).Layers!;

        Assert.Equal(double.NaN, profile.Layers[1].Last[(int)LayerQuantity.WeightGradient]);
        Assert.Equal(1, profile.Layers[0].Last[(int)LayerQuantity.WeightGradient]);
    }

    [Fact]
    public void A_member_that_diverged_is_not_in_the_last_record()
    {
        var profile = Read([5, long.MaxValue], (0, [[1, 1, 1], [3, 3, 3]]), (20, [[99, 99, 99], [8, 8, 8]])).Layers!;

        Assert.Equal(2, profile.Layers[0].First[(int)LayerQuantity.WeightGradient]);
        Assert.Equal(8, profile.Layers[0].Last[(int)LayerQuantity.WeightGradient]);
    }

    [Fact]
    public void Without_records_of_gradients_there_is_no_profile() => Assert.Null(Read([long.MaxValue]).Layers);

    [Fact]
    public void Members_have_their_last_evaluation_on_the_test_split()
    {
        var summary = Read([5, long.MaxValue]);

        Assert.Null(summary.Members[0].Test);
        Assert.Equal(new EvaluationRow(20, 1, "test", 0.25, 0.875), summary.Members[1].Test);
        Assert.Equal(MemberStatus.Diverged, summary.Members[0].Row.Status);
    }

    private RunSummary Read(params (long Step, double[][] Norms)[] records) =>
        Read([.. records[0].Norms.Select(_ => long.MaxValue)], records);

    /// <summary>A run with the ‖∂L/∂W‖ of every member and layer at some steps, and evaluations at steps 10 and 20.</summary>
    /// <param name="lastSteps">The step at which each member diverged, or <see cref="long.MaxValue"/>.</param>
    private RunSummary Read(long[] lastSteps, params (long Step, double[][] Norms)[] records)
    {
        var directory = RunDirectory.Create(folder.Path, "made-by-hand");
        directory.WriteConfig("""{ "verdict": { "vanishing": 0.001, "exploding": 1000 } }""");
        using (var database = RunDatabase.Create(directory.DatabaseFile))
        using (var batch = database.BeginBatch())
        {
            for (var member = 0; member < lastSteps.Length; member++)
            {
                var row = new MemberRow(member, Seed: member, 0.01, 1, 1, 0, 1);
                batch.SetMember(lastSteps[member] == long.MaxValue
                    ? row
                    : row with { Status = MemberStatus.Diverged, DivergedStep = lastSteps[member] });
            }
            foreach (var (step, norms) in records)
            {
                batch.AddLayerGradients([step], lastSteps, Layers, [.. norms.SelectMany(member => member).SelectMany(Quantities)]);
            }
            double[] ones = [.. lastSteps.Select(_ => 1.0)];
            batch.AddEvaluations(10, lastSteps, "test", ones, ones);
            batch.AddEvaluations(20, lastSteps, "test", [.. ones.Select(_ => 0.25)], [.. ones.Select(_ => 0.875)]);
            batch.Commit();
        }
        return RunSummary.Read(directory);
    }

    private static double[] Quantities(double weightGradient)
    {
        var quantities = new double[LayerQuantities.Count];
        quantities[(int)LayerQuantity.WeightGradient] = weightGradient;
        return quantities;
    }
}
