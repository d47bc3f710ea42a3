using GradTorch.Analysis;
using GradTorch.Analysis.Comparisons;
using GradTorch.Quantities;
using GradTorch.Reports;
using GradTorch.Reports.Kinds;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Reports;

/// <summary>What pictures show, held to the database of the run.</summary>
public sealed class PictureTests(PictureTests.Runs runs) : IClassFixture<PictureTests.Runs>
{
    [Theory]
    [InlineData(null, LayerQuantity.PreactivationGradient)]
    [InlineData("weight_gradient", LayerQuantity.WeightGradient)]
    public void Layers_are_medians_and_ends_of_the_members(string? column, LayerQuantity quantity)
    {
        var panels = Curves(new LayersPicture(), runs.Deep, column);

        foreach (var (panel, step) in panels.Zip([0L, 39L]))
        {
            var rows = runs.Deep.Read(database => database.LayerGradientsAt(step)).Where(row => row.Layer <= 4).ToLookup(row => row.Layer, row => row[quantity]);
            Assert.Equal(rows.Select(layer => PointOf(layer.Key, layer)), Assert.Single(panel.Curves).Points);
        }
    }

    [Fact]
    public void Guides_are_the_limits_of_the_verdict_times_the_last_hidden_layer()
    {
        var (panel, config) = (Curves(new LayersPicture(), runs.Deep)[1], runs.Deep.Directory.ReadConfig());
        var last = panel.Curves[0].Points[^1].Middle;

        Assert.Equal(
            [last * config.Number("verdict:vanishing"), last * config.Number("verdict:exploding")], panel.Guides.Select(guide => guide.Y));
        Assert.Empty(Curves(new LayersPicture(), runs.Deep, "weight_gradient")[1].Guides);
    }

    [Fact]
    public void Timesteps_are_those_of_the_recurrent_layer_next_to_the_output()
    {
        var panel = Curves(new TimestepsPicture(), runs.Recurrent, "hidden_gradient")[1];

        var rows = runs.Recurrent.Read(database => database.TimestepGradientsAt(39)).Where(row => row.Layer == 2)
            .ToLookup(row => row.Timestep, row => row[TimestepQuantity.HiddenGradient]);
        Assert.Equal(rows.Select(timestep => PointOf(timestep.Key, timestep)), panel.Curves[0].Points);
    }

    [Fact]
    public void Steps_are_the_evaluations_and_both_ends_of_the_way_back()
    {
        var panels = Curves(new StepsPicture(), runs.Deep);

        var tests = runs.Deep.Read(database => database.Evaluations()).Where(row => row.Split == "test").ToLookup(row => row.Step);
        Assert.Equal(tests.Select(step => PointOf(step.Key, step.Select(row => row.Loss))), panels[0].Curves[0].Points);
        Assert.Equal(tests.Select(step => PointOf(step.Key, step.Select(row => row.Accuracy!.Value))), panels[1].Curves[0].Points);
        foreach (var (curve, layer) in panels[2].Curves.Zip([1, 4]))
        {
            var rows = runs.Deep.Read(database => database.LayerGradients()).Where(row => row.Layer == layer)
                .ToLookup(row => row.Step, row => row[LayerQuantity.PreactivationGradient]);
            Assert.Equal(rows.Select(step => PointOf(step.Key, step)), curve.Points);
        }
    }

    [Fact]
    public void A_heatmap_has_the_median_of_each_hidden_layer_or_timestep_at_each_record()
    {
        var map = Assert.IsType<HeatmapPanel>(Assert.Single(Draw(new HeatmapPicture(), runs.Deep).Panels));
        var time = Assert.IsType<HeatmapPanel>(Assert.Single(Draw(new HeatmapPicture(), runs.Recurrent).Panels));

        Assert.Equal((40, 4, "hidden layer"), (map.Columns.Count, map.Columns[0].Values.Count, map.Y.Label));
        var rows = runs.Deep.Read(database => database.LayerGradientsAt(7)).Where(row => row.Layer == 3);
        Assert.Equal(Median.Of(rows.Select(row => row[LayerQuantity.PreactivationGradient])), map.Columns[7].Values[2]);
        Assert.Equal((40, 8, "timestep"), (time.Columns.Count, time.Columns[0].Values.Count, time.Y.Label));
    }

    [Fact]
    public void Factors_of_the_gain_are_those_of_each_member()
    {
        var panel = Curves(new GainPicture(), runs.Deep)[1];

        double At(int member, int layer, LayerQuantity quantity) =>
            runs.Deep.Read(database => database.LayerGradientsAt(39)).Single(row => row.Member == member && row.Layer == layer)[quantity];
        double[] weights = [.. Enumerable.Range(0, 3).Select(member =>
            At(member, 2, LayerQuantity.ActivationGradient) / At(member, 3, LayerQuantity.PreactivationGradient))];
        Assert.Equal([4, 4], panel.Curves.Select(curve => curve.Points.Count));
        Assert.Equal(Median.Of(weights), panel.Curves[0].Points[1].Middle, 1e-12 * weights.Max());
        Assert.Equal([1.0], panel.Guides.Select(guide => guide.Y));
    }

    [Fact]
    public void Chains_have_the_counted_share_with_its_interval_at_each_layer_that_has_one()
    {
        var directory = runs.Deep.Directory;
        var rows = runs.Deep.Read(database => database.LayerGradients());
        var panels = Draw(new ChainPicture(), runs.Deep).Panels.Cast<CurvePanel>().ToArray();

        Assert.Equal(["P(alive to vanished)", "P(vanished to alive)"], panels.Select(panel => panel.Y.Label));
        foreach (var point in panels[0].Curves.SelectMany(curve => curve.Points))
        {
            var (vanishing, alive, _, _) = ChainOracle.Count(rows, (int)point.X, 4, directory.ReadConfig().Number("verdict:vanishing"));
            Assert.Equal(vanishing / (double)alive, point.Middle);
            Assert.InRange(point.Middle, point.Low, point.High);
        }
        Assert.Equal([1.0, 2, 3], panels[0].Curves.SelectMany(curve => curve.Points).Select(point => point.X));
        // Nothing vanishes in it: there is no way back, and the panel says so.
        Assert.Empty(panels[1].Curves);
        Assert.Equal("no record follows one with a vanished gradient", panels[1].Title);
    }

    [Fact]
    public void Compared_are_the_last_evaluations()
    {
        var row = Assert.Single(Assert.IsType<IntervalPanel>(Assert.Single(Draw(new ComparePicture(), runs.Deep).Panels)).Rows);

        double[] last = [.. runs.Deep.Read(database => database.Evaluations()).Where(test => test.Step == 40).Select(test => test.Accuracy!.Value)];
        Assert.Equal(last, row.Values);
        Assert.Equal((last.Average(), 3), (row.Mean.Mean, row.Mean.Count));
    }

    [Fact]
    public void NaN_and_zeros_are_drawn_as_such()
    {
        Assert.True(double.IsNaN(CurvePoint.Of(1, [1, double.NaN]).Middle));
        using var folder = new TemporaryFolder();
        var curve = new Curve("a", 0, Dashed: false, "", [new(1, 1, 1, 1), new(2, 0, 0, 1), new(3, double.NaN, double.NaN, double.NaN), new(4, 2, 1, 3)]);
        PictureFile.Write(
            new Picture("t", [new CurvePanel("", new Axis("x"), new Axis("y", AxisScale.Logarithmic), [curve], [])], ""), folder.File("a.svg"));

        var svg = File.ReadAllText(folder.File("a.svg"));
        Assert.Contains("exactly 0", svg);
        Assert.Contains("not finite", svg);
    }

    private static CurvePoint PointOf(double x, IEnumerable<double> values) => new(x, Median.Of(values), values.Min(), values.Max());

    private static CurvePanel[] Curves(PictureKind kind, StudyRun run, string? quantity = null) =>
        [.. Draw(kind, run, quantity).Panels.Cast<CurvePanel>()];

    private static Picture Draw(PictureKind kind, StudyRun run, string? quantity = null) =>
        kind.Of(ComparedVariant.Read(run.Directory), new PictureRequest(quantity));

    /// <summary>Trained once for all.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Runs()
        {
            using var images = new SmallImages();
            Deep = StudyRun.Of(StudyRun.Small(images, folder.Path));
            Recurrent = StudyRun.Of(StudyRun.Rows(images, folder.Path, "elman"));
        }

        internal StudyRun Deep { get; }

        internal StudyRun Recurrent { get; }

        public void Dispose() => folder.Dispose();
    }
}
