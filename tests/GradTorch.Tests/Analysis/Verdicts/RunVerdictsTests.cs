using GradTorch.Analysis;
using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Analysis.Verdicts;

/// <summary>Verdicts on runs as they stand in their databases.</summary>
public sealed class RunVerdictsTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void First_last_and_worst_record_of_each_member_are_judged()
    {
        var run = StudyRun.Of(StudyRun.Small(images, folder.Path));
        var verdicts = RunSummary.Read(run.Directory).Verdicts!;

        Assert.Equal(["hidden1", "hidden2", "hidden3", "hidden4"], verdicts.Route.Places);
        Assert.Equal(new GradientLimits(1e-3, 1e3), verdicts.Limits);
        Assert.Equal([0, 1, 2], verdicts.Members.Select(member => member.Member));
        var rows = run.Read(reader => reader.LayerGradients());
        Assert.All(verdicts.Members, member =>
        {
            var ratios = rows.Where(row => row.Member == member.Member).GroupBy(row => row.Step).ToDictionary(
                step => step.Key, step => Norm(step, 1) / Norm(step, 4));
            Assert.Equal((0, 39), (member.First.Step, member.Last.Step));
            Assert.Equal(ratios[0], member.First.Trend.Ratio, 1e-12);
            Assert.Equal(ratios[39], member.Last.Trend.Ratio, 1e-12);
            Assert.Equal(ratios.Values.Max(ratio => Math.Abs(Math.Log(ratio))), Math.Abs(member.Worst.Trend.LogRatio), 1e-12);
            Assert.Equal(ratios[member.Worst.Step], member.Worst.Trend.Ratio, 1e-12);
        });
    }

    [Fact]
    public void Recurrent_nets_are_judged_through_the_timesteps_of_the_layer_next_to_the_output()
    {
        var run = StudyRun.Of(StudyRun.Rows(images, folder.Path, "elman"));
        var verdicts = RunSummary.Read(run.Directory).Verdicts!;

        Assert.Equal(2, verdicts.Route.RecurrentLayer);
        Assert.Equal("timestep 1 of recurrent2", verdicts.Route.Places[0]);
        Assert.Equal(8, verdicts.Route.Places.Count);
        var rows = run.Read(reader => reader.TimestepGradients()).Where(row => row is { Step: 39, Member: 1, Layer: 2 }).ToList();
        var trend = verdicts.Members[1].Last.Trend;
        Assert.Equal(rows[0][TimestepQuantity.PreactivationGradient] / rows[7][TimestepQuantity.PreactivationGradient], trend.Ratio, 1e-12);
        var gain = Enumerable.Range(0, 7).Average(t => Math.Log(rows[t][TimestepQuantity.PreactivationGradient] / rows[t][TimestepQuantity.HiddenGradient]));
        Assert.Equal(Math.Exp(gain), trend.ActivationGain!.Value, 1e-12);
    }

    [Fact]
    public void Limits_are_those_of_the_experiment()
    {
        var experiment = StudyRun.Small(images, folder.Path) with { Verdict = new() { Vanishing = 0.999999, Exploding = 1.000001 } };
        var verdicts = RunSummary.Read(StudyRun.Of(experiment).Directory).Verdicts!;

        Assert.Equal(new GradientLimits(0.999999, 1.000001), verdicts.Limits);
        Assert.All(verdicts.Members, member => Assert.NotEqual(GradientFate.Healthy, member.First.Fate));
    }

    [Fact]
    public void Without_records_of_gradients_there_are_none()
    {
        var experiment = StudyRun.Small(images, folder.Path) with { Gradients = new() { Every = 0 } };

        Assert.Null(RunSummary.Read(StudyRun.Of(experiment).Directory).Verdicts);
    }

    private static double Norm(IEnumerable<LayerGradientRow> rows, int layer) =>
        rows.Single(row => row.Layer == layer)[LayerQuantity.PreactivationGradient];
}
