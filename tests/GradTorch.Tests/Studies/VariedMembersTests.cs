using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>Members with values of their own are the experiments that they would be alone.</summary>
public sealed class VariedMembersTests(SmallImages images) : IClassFixture<SmallImages>
{
    public static TheoryData<string, double[]> Varied => new()
    {
        { "training:optimizer:lr", [0.1, 0.01] },
        { "model:init:gain", [0.5, 1.5] },
        { "model:init:weightVariance", [1.0, 2.5] },
        { "model:init:biasVariance", [0.0, 0.3] },
        { "model:activation:slope", [1.0, 3.0] },
        { "model:activation:backwardScale", [0.5, 2.0] },
        { "training:clip:threshold", [0.05, 1e9] },
        { "model:recurrentInit:gain", [0.5, 1.5] },
        { "model:recurrentInit:weightVariance", [0.5, 2.0] },
    };

    [Theory]
    [MemberData(nameof(Varied))]
    public void Each_begins_with_the_bits_and_has_the_losses_that_it_has_alone(string key, double[] values)
    {
        using var output = new TemporaryFolder();
        var small = key.StartsWith("model:recurrentInit", StringComparison.Ordinal) ? StudyRun.Rows(images, output.Path, "elman") : StudyRun.Small(images, output.Path);
        var experiment = small with
        {
            Seeds = new() { First = 5, Count = 2 },
            Training = small.Training with { Clip = new() { Kind = "norm" } },
            Model = small.Model with
            {
                Init = new() { Kind = "scaled-normal", BiasVariance = 0.1 },
                RecurrentInit = new() { Kind = "scaled-normal" },
                Activation = new() { Backward = key == "model:activation:backwardScale" ? "sigmoid-derivative" : "exact" },
            },
            Members = new() { Vary = new(new VariedKey(key, values)) },
        };
        double[] together = [];
        var run = StudyRun.Of(experiment, before: prepared => together = HostCopy.Doubles(prepared.Model.Parameters.Values));
        var members = EnsembleMember.Of(experiment);
        Assert.Equal(4, members.Count);
        foreach (var member in members)
        {
            double[] own = [];
            var alone = StudyRun.Of(member.Alone, before: prepared => own = HostCopy.Doubles(prepared.Model.Parameters.Values));
            Assert.Equal(Bits.Of(own), Bits.Of(together.Skip(member.Index * own.Length).Take(own.Length)));
            var (expected, found) = (alone.Scalars(0, "loss"), run.Scalars(member.Index, "loss"));
            Assert.Equal(40, expected.Length);
            for (var step = 0; step < 40; step++) Assert.Equal(expected[step], found[step], 1e-4 * expected[step]);
        }
        // The values matter: members of one seed end apart.
        Assert.NotEqual(run.Scalars(0, "loss")[^1], run.Scalars(2, "loss")[^1], 1e-3);
    }

    [Fact]
    public void Database_and_manifest_say_what_each_member_has()
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Small(images, output.Path) with
        {
            Seeds = new() { First = 5, Count = 2 },
            Members = new()
            {
                Vary = new(new VariedKey("training:optimizer:lr", [0.1, 0.01]), new VariedKey("model:init:gain", [1, 2])),
                Combine = Combination.Zip,
            },
        };
        var run = StudyRun.Of(experiment);
        var rows = run.Read(database => database.Members());
        Assert.Equal(
            [(0, 5, 0.1, 1), (1, 6, 0.1, 1), (2, 5, 0.01, 2), (3, 6, 0.01, 2)],
            rows.Select(row => (row.Member, row.Seed, row.LearningRate, row.Gain)));
        Assert.All(rows, row => Assert.Equal((null, 0, 1, null, null), (row.WeightVariance, row.BiasVariance, row.Slope, row.BackwardScale, row.ClipThreshold)));
        var manifest = run.Directory.ReadManifest();
        Assert.Equal([5, 6, 5, 6], manifest.Seeds);
        Assert.Equal(
            [(0.1, 1), (0.1, 1), (0.01, 2), (0.01, 2)],
            manifest.Varied.Select(own => (own["training:optimizer:lr"], own["model:init:gain"])));
        var resolved = ExperimentLoader.Load(run.Directory.ConfigFile, [], new Dictionary<string, string>());
        Assert.Equal(experiment, resolved);
    }

    [Fact]
    public void Numbers_of_recurrent_weights_have_columns_and_make_groups_of_their_own()
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Rows(images, output.Path, "elman") with
        {
            Seeds = new() { Count = 2 }, Members = new() { Vary = new(new VariedKey("model:recurrentInit:gain", [0.5, 1.5])) },
        };
        var run = StudyRun.Of(experiment);
        Assert.Equal([(1.0, 0.5), (1, 0.5), (1, 1.5), (1, 1.5)], run.Read(database => database.Members()).Select(row => (row.Gain, row.RecurrentGain)));
        Assert.Equal(["recurrent_gain"], GradTorch.Analysis.RunSummary.Read(run.Directory).Varied.Select(setting => setting.Column));
    }

    [Fact]
    public void A_summary_has_the_medians_of_each_combination()
    {
        using var output = new TemporaryFolder();
        var experiment = StudyRun.Small(images, output.Path) with
        {
            Members = new() { Vary = new(new VariedKey("training:optimizer:lr", [0.05, 0.002])) },
        };
        var run = StudyRun.Of(experiment);
        var summary = GradTorch.Analysis.RunSummary.Read(run.Directory);
        Assert.Equal(["learning_rate"], summary.Varied.Select(setting => setting.Column));
        Assert.Equal([[0.05], [0.002]], summary.Groups.Select(group => group.Values.ToArray()));
        var gradients = run.Read(database => database.LayerGradients()).Where(row => row.Layer == 1 && row.Step == 39).ToList();
        for (var group = 0; group < 2; group++)
        {
            int[] members = [3 * group, 3 * group + 1, 3 * group + 2];
            Assert.Equal(members, summary.Groups[group].Members.Select(member => member.Row.Member));
            var middle = gradients.Where(row => members.Contains(row.Member)).Select(row => row[LayerQuantity.WeightGradient]).Order().ElementAt(1);
            Assert.Equal(middle, summary.Groups[group].Layers!.FirstHidden.Last[(int)LayerQuantity.WeightGradient]);
        }
        Assert.Empty(GradTorch.Analysis.RunSummary.Read(StudyRun.Of(EnsembleMember.Of(experiment)[0].Alone).Directory).Varied);
    }
}
