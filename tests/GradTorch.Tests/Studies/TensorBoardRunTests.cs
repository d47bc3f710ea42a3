using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Runs.TensorBoard;
using GradTorch.Training;
using MathNet.Numerics.Statistics;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>What a run writes for TensorBoard: the numbers of its database, each step once.</summary>
public sealed class TensorBoardRunTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Without_the_key_there_are_no_files() =>
        Assert.False(Directory.Exists(StudyRun.Of(StudyRun.Small(images, _output.Path)).Directory.TensorBoardFolder));

    [Fact]
    public void Every_member_has_the_numbers_of_the_database()
    {
        var small = StudyRun.Small(images, _output.Path);
        var run = StudyRun.Of(small with
        {
            Tensorboard = true, Gradients = small.Gradients with { Every = 3, Measure = ["exponents"] },
        });
        Assert.Equal(["member-0", "member-1", "member-2"], Lines(run));
        for (var member = 0; member < 3; member++)
        {
            var events = Events(run, $"member-{member}");
            AssertSame(Recorded(run, member), Scalars(events));
            Assert.All(events.SelectMany(read => read.Scalars.Select(scalar => (scalar.Key, read.Step))).GroupBy(place => place), place => Assert.Single(place));
            Assert.Equal(events.Select(read => read.Step).Order(), events.Select(read => read.Step));
            AssertSameHistograms(run, events, [member], "member-" + member);
        }
    }

    /// <summary>8 rows of an image: of these, 1, 4 = 8 − 4, 6 = 8 − 2, 7 = 8 − 1 and 8.</summary>
    [Fact]
    public void Recurrent_layers_have_some_of_their_timesteps()
    {
        var run = StudyRun.Of(StudyRun.Rows(images, _output.Path, "elman") with { Tensorboard = true });
        var found = Scalars(Events(run, "member-2")).Where(value => value.Tag.StartsWith("hidden_gradient/", StringComparison.Ordinal)).ToArray();
        AssertSame(
            run.Read(reader => reader.TimestepGradients()).Where(row => row.Member == 2 && row.Timestep is 1 or 4 or 6 or 7 or 8)
                .Select(row => (row.Step, Invariant($"hidden_gradient/recurrent{row.Layer}/t{row.Timestep}"), row.Quantities[(int)TimestepQuantity.HiddenGradient])),
            found);
    }

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 2 })]
    [InlineData(30, new[] { 1, 14, 22, 26, 28, 29, 30 })]
    [InlineData(784, new[] { 1, 272, 528, 656, 720, 752, 768, 776, 780, 782, 783, 784 })]
    public void Timesteps_lie_the_closer_the_nearer_to_the_end(int count, int[] expected) =>
        Assert.Equal(expected, TensorBoardRecorder.Timesteps(count));

    [Fact]
    public void A_member_that_diverges_ends_there_and_the_others_go_on()
    {
        var run = StudyRun.Of(StudyRun.Small(images, _output.Path) with { Tensorboard = true }, before: Break);
        var broken = Events(run, "member-1");
        Assert.Equal([0L], broken.Select(read => read.Step));
        Assert.True(float.IsNaN(broken[0].Scalars.Single(scalar => scalar.Key == "train/loss").Value));
        for (var member = 0; member < 3; member++) AssertSame(Recorded(run, member), Scalars(Events(run, $"member-{member}")));
    }

    /// <summary>Nine members, of which one diverges at once: NaN is seen at that step, and after it the band is of the other eight.</summary>
    [Fact]
    public void Many_members_are_a_mean_and_a_band()
    {
        var small = StudyRun.Small(images, _output.Path);
        var run = StudyRun.Of(small with
        {
            Tensorboard = true, Seeds = new SeedSection { Count = 9 }, Gradients = small.Gradients with { Measure = ["exponents"] },
        }, before: Break);
        Assert.Equal(["maximum", "mean", "minimum"], Lines(run));
        var values = Enumerable.Range(0, 9).SelectMany(member => Recorded(run, member)).GroupBy(value => (value.Step, value.Tag)).ToArray();
        AssertSame(Band(values.Select(group => (group.Key, group.Select(value => value.Value).Minimum()))), Scalars(Events(run, "minimum")));
        AssertSame(Band(values.Select(group => (group.Key, group.Select(value => value.Value).Maximum()))), Scalars(Events(run, "maximum")));
        var means = values.ToDictionary(group => group.Key, group => group.Average(value => value.Value));
        var found = Scalars(Events(run, "mean"));
        Assert.Equal(means.Count, found.Length);
        Assert.All(found, value => AssertMean(means[(value.Step, value.Tag)], value.Value));
        Assert.True(double.IsNaN(means[(0, "train/loss")]) && double.IsFinite(means[(1, "train/loss")]));
        AssertSameHistograms(run, Events(run, "mean"), Enumerable.Range(0, 9), "mean");
        Assert.All(Events(run, "minimum"), read => Assert.Empty(read.Histograms));
    }

    /// <summary>Killed after step 9 and an evaluation there, and gone on from step 6, which was evaluated before.</summary>
    [Fact]
    public void After_a_resume_every_step_stands_once()
    {
        using (var first = new TensorBoardRecorder(_output.Path, 1, ["output"]))
        {
            first.Recorded(Losses(0, [0, 1, 2, 3, 4, 5]));
            first.Evaluated(new Evaluation(6, "test", [60], null));
            first.Recorded(Losses(6, [6, 7, 8]));
            first.Evaluated(new Evaluation(9, "test", [90], null));
        }
        using (var second = new TensorBoardRecorder(_output.Path, 1, ["output"], firstStep: 6))
        {
            second.Evaluated(new Evaluation(6, "test", [60], null));
            second.Recorded(Losses(6, [16, 17]));
        }
        Assert.Equal(2, EventFileReader.Files(_output.File("member-0")).Length);
        var scalars = Scalars(EventFileReader.Kept(_output.File("member-0")));
        Assert.Equal([0, 1, 2, 3, 4, 5, 16, 17], scalars.Where(value => value.Tag == "train/loss").Select(value => value.Value));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], scalars.Where(value => value.Tag == "train/loss").Select(value => value.Step));
        Assert.Equal([(6L, 60.0)], scalars.Where(value => value.Tag == "test/loss").Select(value => (value.Step, value.Value)));
    }

    /// <summary>A run that stops at a step that is evaluated (30), and at one that is not, after a member diverged.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(17)]
    public void A_run_that_is_gone_on_with_has_every_number_of_its_database_once(int limit)
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(StudyRun.Small(images, _output.Path) with { Tensorboard = true });
        Break(prepared);
        var stopped = StoppedRun.Open(ExperimentRunner.Run(prepared, new StudyListener(), CancellationToken.None, limit: limit).Directory, []);
        using var rest = PreparedExperiment.Of(stopped.Experiment);
        var run = new StudyRun(ExperimentRunner.Resume(rest, stopped, new StudyListener(), CancellationToken.None), []);
        for (var member = 0; member < 3; member++)
        {
            var folder = Path.Combine(run.Directory.TensorBoardFolder, $"member-{member}");
            Assert.Equal(2, EventFileReader.Files(folder).Length);
            AssertSame(Recorded(run, member), Scalars(EventFileReader.Kept(folder)));
        }
    }

    private static TrainingRecord Losses(long first, double[] losses) =>
        new(["loss"], [.. Enumerable.Range(0, losses.Length).Select(at => first + at)], losses, [], [], []);

    private static void Break(PreparedExperiment prepared)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        prepared.Model.Layers[2].Linear.Weight[1, 0, 0].fill_(double.NaN);
    }

    private static string[] Lines(StudyRun run) =>
        [.. new DirectoryInfo(run.Directory.TensorBoardFolder).GetDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal)];

    private static IReadOnlyList<RecordedEvent> Events(StudyRun run, string line)
    {
        var folder = Path.Combine(run.Directory.TensorBoardFolder, line);
        Assert.Single(EventFileReader.Files(folder));
        return EventFileReader.Kept(folder);
    }

    private static (long Step, string Tag, double Value)[] Scalars(IEnumerable<RecordedEvent> events) =>
        [.. events.SelectMany(read => read.Scalars.Select(scalar => (read.Step, scalar.Key, (double)scalar.Value)))];

    /// <summary>What the database has of a member, by the names that charts have.</summary>
    private static (long Step, string Tag, double Value)[] Recorded(StudyRun run, int member) =>
    [
        .. run.Read(reader => reader.Scalars()).Where(row => row.Member == member).Select(row => (row.Step, $"train/{row.Name}", row.Value)),
        .. run.Read(reader => reader.LayerGradients()).Where(row => row.Member == member).SelectMany(row => new[]
        {
            (row.Step, $"weight_gradient/{row.LayerName}", row.Quantities[(int)LayerQuantity.WeightGradient]),
            (row.Step, $"preactivation_gradient/{row.LayerName}", row.Quantities[(int)LayerQuantity.PreactivationGradient]),
        }),
        .. run.Read(reader => reader.Evaluations()).Where(row => row.Member == member)
            .SelectMany(row => new[] { (row.Step, "test/loss", row.Loss), (row.Step, "test/accuracy", row.Accuracy!.Value) }),
    ];

    /// <summary>To the rounding of float32.</summary>
    private static void AssertMean(double expected, double found)
    {
        if (double.IsNaN(expected)) Assert.Equal(double.NaN, found);
        else Assert.Equal(expected, found, tolerance: 1e-6 * Math.Abs(expected));
    }

    private static IEnumerable<(long, string, double)> Band(IEnumerable<((long Step, string Tag) Key, double Value)> values) =>
        values.Select(value => (value.Key.Step, value.Key.Tag, value.Value));

    /// <summary>The same steps and names, and numbers with the same bits in float32.</summary>
    private static void AssertSame(IEnumerable<(long Step, string Tag, double Value)> expected, IEnumerable<(long Step, string Tag, double Value)> found) =>
        Assert.Equal(Sorted(expected), Sorted(found));

    private static string[] Sorted(IEnumerable<(long Step, string Tag, double Value)> values) =>
        [.. values.Select(value => Invariant($"{value.Tag} {value.Step} {Bits((float)value.Value)}")).Order(StringComparer.Ordinal)];

    /// <summary>Any NaN is like any other.</summary>
    private static string Bits(float value) => float.IsNaN(value) ? "NaN" : Invariant($"{BitConverter.SingleToInt32Bits(value):x8}");

    /// <summary>Counts of each power of ten, whose bucket ends at the exponent plus 1, added over the members.</summary>
    private static void AssertSameHistograms(StudyRun run, IEnumerable<RecordedEvent> events, IEnumerable<int> members, string line)
    {
        var layers = run.Read(reader => reader.LayerGradients()).Select(row => (row.Layer, row.LayerName)).Distinct().ToDictionary();
        var expected = run.Read(reader => reader.GradientExponents()).Where(row => members.Contains(row.Member))
            .GroupBy(row => Invariant($"gradient_exponent/{layers[row.Layer]} {row.Step} {row.Exponent + 1}"))
            .Select(group => Invariant($"{group.Key} {group.Sum(row => row.Count)}"));
        var found = events.SelectMany(read => read.Histograms.SelectMany(histogram => histogram.Value.Limits.Zip(histogram.Value.Counts)
            .Where(bucket => bucket.Second > 0).Select(bucket => Invariant($"{histogram.Key} {read.Step} {bucket.First} {bucket.Second}"))));
        string[] rows = [.. expected.Order(StringComparer.Ordinal)];
        Assert.True(rows.Length > 0, $"{line} has no histogram");
        Assert.Equal(rows, found.Order(StringComparer.Ordinal));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
