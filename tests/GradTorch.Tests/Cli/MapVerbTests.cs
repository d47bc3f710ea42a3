using System.Globalization;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Studies;
using SkiaSharp;

namespace GradTorch.Tests.Cli;

/// <summary>Maps from the command line, on small made images.</summary>
public sealed class MapVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private static readonly string[] Plane = ["--x", "model:init:weightVariance=0.25..9", "--y", "model:init:biasVariance=0..2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_cell_is_what_probe_says_of_its_values_and_seeds()
    {
        using var culture = new CommaDecimal();
        var map = Map("--cells", "3x4", "--log", "x", "--json").Json;

        Assert.True(map.GetProperty("complete").GetBoolean());
        Assert.Equal([0.25, 1.5, 9], map.GetProperty("x").GetProperty("values").EnumerateArray().Select(value => Math.Round(value.GetDouble(), 12)));
        Assert.Equal([0, 2.0 / 3, 4.0 / 3, 2], map.GetProperty("y").GetProperty("values").EnumerateArray().Select(value => value.GetDouble()));
        var cells = map.GetProperty("cells").EnumerateArray().ToList();
        Assert.Equal(12, cells.Count);
        Assert.Equal(["exploding", "healthy", "vanishing"], cells.Select(cell => cell.GetProperty("fate").GetString()).Distinct().Order());
        foreach (var cell in cells)
        {
            var probed = Invoked.With(
                "probe", Config(), "--json", "--model:init:weightVariance", Text(cell, "x"), "--model:init:biasVariance", Text(cell, "y"));
            var pairs = cell.GetProperty("seeds").EnumerateArray().Zip(probed.Json.GetProperty("members").EnumerateArray()).ToList();
            Assert.Equal(3, pairs.Count);
            Assert.All(pairs, pair =>
            {
                Assert.Equal(pair.Second.GetProperty("seed").GetInt64(), pair.First.GetProperty("seed").GetInt64());
                Assert.Equal(pair.Second.GetProperty("verdict").GetString(), pair.First.GetProperty("fate").GetString());
                Assert.Equal(pair.Second.GetProperty("ln_ratio").GetDouble(), pair.First.GetProperty("ln_ratio").GetDouble(), 1e-6);
                Assert.Equal(pair.Second.GetProperty("slope").GetDouble(), pair.First.GetProperty("slope").GetDouble(), 1e-6);
            });
        }
    }

    /// <summary>The gradient that a run of the cell's values records at that step, by which its verdict goes; and where it diverged.</summary>
    [Theory]
    [InlineData("10", "--x", "model:init:gain=0.5..2", "--training:schedule:kind", "cosine", "--training:schedule:warmup", "2", "--training:clip:kind", "norm")]
    [InlineData("10", "--x", "model:activation:slope=0.5..2", "--training:schedule:kind", "plateau", "--training:schedule:patience", "0", "--training:evaluateEvery", "2", "--model:dropout", "0.2")]
    [InlineData("10", "--x", "model:recurrentInit:gain=0.5..2", "--model:kind", "elman", "--model:depth", "1", "--data:form", "rows")]
    [InlineData("0.01", "--x", "model:init:gain=0.5..2", "--model:activation:forward", "relu", "--model:norm", "batch", "--training:optimizer:kind", "adam")]
    [InlineData("10", "--x", "model:init:gain=0.5..50", "--model:activation:forward", "relu", "--model:kind", "residual", "--training:optimizer:momentum", "0")]
    public void After_some_steps_a_cell_is_what_a_run_records_there(string fastest, params string[] arguments)
    {
        string[] common = [Config(), "--model:init:kind", "xavier-normal", "--training:steps", "9", .. arguments[2..]];
        var (x, diverged) = (arguments[1].Split('=')[0], 0);
        var map = Invoked.With(["map", .. common, .. arguments[..2], "--y", $"training:optimizer:lr=0.001..{fastest}", "--log", "y", "--cells", "2x2", "--steps", "5", "--json"]);
        Assert.Equal(ExitCode.Done, map.Exit);
        Assert.Equal(5, map.Json.GetProperty("steps").GetInt64());
        foreach (var cell in map.Json.GetProperty("cells").EnumerateArray())
        {
            var run = Invoked.With(["run", .. common, "--gradients:every", "5", $"--{x}", Text(cell, "x"), "--training:optimizer:lr", Text(cell, "y"), "--json"]).Json;
            using var database = RunDatabaseReader.Open(Path.Combine(run.GetProperty("directory").GetString()!, "run.db"));
            var rows = database.Members().ToList();
            foreach (var (network, row) in cell.GetProperty("seeds").EnumerateArray().Zip(rows))
            {
                Assert.Equal(row.Seed, network.GetProperty("seed").GetInt64());
                if (row.DivergedStep < 5)
                {
                    diverged++;
                    Assert.Equal(row.DivergedStep, network.GetProperty("diverged_step").GetInt64());
                    Assert.Equal("exploding", network.GetProperty("fate").GetString());
                    Assert.Equal("NaN", network.GetProperty("ln_ratio").GetString());
                    continue;
                }
                var timesteps = database.TimestepGradientsAt(5).Where(at => at.Member == row.Member).Select(at => at[TimestepQuantity.PreactivationGradient]).ToList();
                var layers = database.LayerGradientsAt(5).Where(at => at.Member == row.Member).Select(at => at[LayerQuantity.PreactivationGradient]).SkipLast(1).ToList();
                var norms = timesteps.Count > 0 ? timesteps : layers;
                // What is not a number is text, of both.
                Assert.Equal(Math.Log(norms[0]) - Math.Log(norms[^1]), double.Parse(network.GetProperty("ln_ratio").ToString(), CultureInfo.InvariantCulture), 1e-5);
                Assert.Equal(JsonValueKind.Null, network.GetProperty("diverged_step").ValueKind);
            }
        }
        Assert.Equal(diverged, map.Json.GetProperty("diverged").GetInt32());
        Assert.Equal(arguments[1].EndsWith("..50", StringComparison.Ordinal), diverged > 0);
    }

    [Fact]
    public void Those_that_diverged_are_counted_and_told()
    {
        string[] arguments =
        [
            "map", Config(), "--x", "model:init:gain=1..1000", "--y", "training:optimizer:lr=1e-6..1e6", "--log", "both", "--cells", "3x3", "--steps", "4",
            "--training:steps", "4", "--model:activation:forward", "relu", "--model:init:kind", "he-normal",
        ];
        var json = Invoked.With([.. arguments, "--json"]).Json;
        var cells = json.GetProperty("cells").EnumerateArray().Count(cell => cell.GetProperty("fate").GetString() == "diverged");
        Assert.InRange(cells, 1, 8);
        var text = Invoked.With(arguments).Output;
        Assert.Contains(FormattableString.Invariant($"x exploding, most of it diverged before step 4, in {cells} cell"), text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{json.GetProperty("diverged").GetInt32()} of 27 networks diverged (NaN or infinite) before that and count as exploding"), text, StringComparison.Ordinal);
        Assert.Contains("3 × 3 cells, 3 seeds each, after 4 steps", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_theory_is_over_the_picture_and_in_JSON_and_CSV()
    {
        string[] arguments = ["--cells", "12x5", "--seeds:count", "1"];
        var json = Map([.. arguments, "--json", "--out", folder.File("map.csv")]).Json;
        var points = json.GetProperty("critical").EnumerateArray().ToList();
        Assert.Equal(JsonValueKind.Null, json.GetProperty("no_critical").ValueKind);
        // Without biases σw² of tanh is 1, and grows with σb².
        Assert.Equal(1, points[0].GetProperty("x").GetDouble(), 1e-8);
        Assert.Equal(0, points[0].GetProperty("y").GetDouble());
        Assert.Equal([.. points.Select(point => point.GetProperty("x").GetDouble()).Order()], points.Select(point => point.GetProperty("x").GetDouble()));
        var lines = Map(arguments).Output.Split('\n');
        var first = Array.IndexOf(lines, "model:init:biasVariance");
        var crossed = Enumerable.Range(0, 5).SelectMany(row => lines[first + 5 - row][3..].Select((letter, x) => (letter, x, row)))
            .Where(mark => ":O@X=".Contains(mark.letter)).Select(mark => (mark.x, mark.row)).ToHashSet();
        Assert.Contains((1, 0), crossed);
        Assert.Equal(5, crossed.Select(cell => cell.row).Distinct().Count());
        var rows = File.ReadAllLines(folder.File("map.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        // At the value of each row of cells, and in between, where it is steep.
        Assert.Superset(rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture)).ToHashSet(), points.Select(point => point.GetProperty("y").GetDouble()).ToHashSet());
        Assert.Equal(crossed, rows.Select((row, cell) => (row, Place: (cell % 12, cell / 12))).Where(cell => cell.row[^1] == "1").Select(cell => cell.Place).ToHashSet());
        Assert.Contains(lines, line => line.StartsWith(": O @ X =  instead where the critical line of theory passes", StringComparison.Ordinal));
    }

    /// <summary>In the middle of every cell of the PNG is the colour of its fate.</summary>
    [Fact]
    public void A_picture_has_every_cell_as_it_was_measured()
    {
        var png = folder.File("map.png");
        var map = Map("--cells", "9x7", "--model:norm", "layer", "--model:activation:slope", "3", "--out", png, "--out", folder.File("map.svg"), "--json").Json;
        var colours = new Dictionary<string, SKColor>
        {
            ["vanishing"] = new(0, 114, 178), ["healthy"] = new(240, 228, 66), ["exploding"] = new(213, 94, 0), ["undecided"] = new(153, 153, 153),
        };
        using var bitmap = SKBitmap.Decode(png);
        // The panel, above the legend, in which the same colours are; edges of letters are as grey as what is undecided.
        bool isFate(SKColor colour) => colour != colours["undecided"] && colours.ContainsValue(colour);
        var inside = (from y in Enumerable.Range(0, 888) from x in Enumerable.Range(0, bitmap.Width) where isFate(bitmap.GetPixel(x, y)) select (x, y)).ToList();
        var (left, right, top, bottom) = (inside.Min(at => at.x), inside.Max(at => at.x), inside.Min(at => at.y), inside.Max(at => at.y));
        Assert.InRange(right - left, 900, 1200);
        var cells = map.GetProperty("cells").EnumerateArray().ToList();
        Assert.Equal(63, cells.Count);
        Assert.InRange(cells.Select(cell => cell.GetProperty("fate").GetString()).Distinct().Count(), 2, 4);
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var (x, y) = (left + (right - left) * (cell % 9 + 0.5) / 9, bottom - (bottom - top) * (cell / 9 + 0.5) / 7);
            Assert.Equal(colours[cells[cell].GetProperty("fate").GetString()!], bitmap.GetPixel((int)x, (int)y));
        }
        var svg = File.ReadAllText(folder.File("map.svg"));
        Assert.StartsWith("<?xml", svg, StringComparison.Ordinal);
        var plotted = Invoked.With("plot", map.GetProperty("folder").GetString()!, "--what", "map", "--out", folder.File("again.png"), "--json").Json;
        Assert.Equal(File.ReadAllBytes(png), File.ReadAllBytes(folder.File("again.png")));
        Assert.Equal("small: fate of the gradient at initialisation, 9 × 7 cells, 3 seeds each", plotted.GetProperty("title").GetString());
        Assert.Equal("σw² = fan_in · var(W)  (model:init:weightVariance)", plotted.GetProperty("panels")[0].GetProperty("x").GetString());
        Assert.Contains("No critical line: theory does not cover normalisation", plotted.GetProperty("caption").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_map_that_is_half_done_or_damaged_a_picture_says_so()
    {
        var map = Map("--cells", "4x3", "--seeds:count", "1", "--json").Json.GetProperty("folder").GetString()!;
        string[] plot = ["plot", map, "--what", "map", "--out", folder.File("map.svg")];
        var cells = Path.Combine(map, "cells.csv");
        File.WriteAllLines(cells, File.ReadAllLines(cells).Take(8));
        File.AppendAllText(cells, "3,2,5,van");
        var half = Invoked.With(plot);
        Assert.Equal(ExitCode.Done, half.Exit);
        Assert.Contains("7 of 12 cells are computed", half.Error, StringComparison.Ordinal);
        Assert.Contains("not computed", File.ReadAllText(folder.File("map.svg")), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(map, "map.json"), "{ \"name\": ");
        Assert.Equal(ExitCode.Failed, Invoked.With(plot).Exit);
        Assert.Contains("can't be read: ", Invoked.With(plot).Error, StringComparison.Ordinal);
        var above = Invoked.With("plot", Path.GetDirectoryName(map)!, "--what", "map", "--out", folder.File("map.svg"));
        Assert.Contains($"is not the folder of a map: it has no map.json. Give one of {map}.", above.Error, StringComparison.Ordinal);
        Assert.Contains("draws one map and was given 2 folders", Invoked.With(["plot", map, .. plot[1..]]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_line_it_says_why()
    {
        string[] arguments = ["--cells", "2x2", "--seeds:count", "1", "--model:norm", "layer", "--out", folder.File("map.csv")];
        Assert.Contains("no critical line: theory does not cover normalisation, and model:norm is 'layer'", Map(arguments).Output, StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(folder.File("map.csv")).Skip(1), line => Assert.EndsWith(",", line, StringComparison.Ordinal));
        Assert.Empty(Map([.. arguments, "--json"]).Json.GetProperty("critical").EnumerateArray());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    public void One_that_is_interrupted_goes_on_to_what_it_would_have_been(string steps)
    {
        string[] arguments = ["map", Config(), .. Plane, "--cells", "40x40", "--seeds:count", "1", "--steps", steps, "--json", "--out"];
        var whole = Invoked.With([.. arguments, folder.File("whole.csv"), "--output", folder.File("elsewhere")]);
        Assert.Equal(ExitCode.Done, whole.Exit);

        var stopped = Invoked.InterruptedAt("of 1,600 cells", [.. arguments, folder.File("continued.csv")]);
        Assert.Equal(ExitCode.Interrupted, stopped.Exit);
        Assert.False(stopped.Json.GetProperty("complete").GetBoolean());
        var done = stopped.Json.GetProperty("cells").GetArrayLength();
        Assert.InRange(done, 1, 1599);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"interrupted with {done:N0} of 1,600 cells done"), stopped.Error);
        Assert.Contains("the same command goes on from there", stopped.Error);
        Assert.False(File.Exists(folder.File("continued.csv")));

        // A kill may leave half a line.
        File.AppendAllText(Path.Combine(stopped.Json.GetProperty("folder").GetString()!, "cells.csv"), "7,39,5,van");
        var continued = Invoked.With([.. arguments, folder.File("continued.csv")]);
        Assert.Equal(ExitCode.Done, continued.Exit);
        Assert.Equal(File.ReadAllText(folder.File("whole.csv")), File.ReadAllText(folder.File("continued.csv")));
        Assert.Equal(stopped.Json.GetProperty("folder").GetString(), continued.Json.GetProperty("folder").GetString());
    }

    [Fact]
    public void People_get_a_picture_with_its_axes_and_resolution()
    {
        var invoked = Map("--cells", "12x5");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var lines = invoked.Output.Split('\n');
        var first = Array.IndexOf(lines, "model:init:biasVariance");
        Assert.Matches("^ 2 [.o#:O@=-]{12}$", lines[first + 1]);
        Assert.Matches("^ 0 [.o#:O@=-]{12}$", lines[first + 5]);
        Assert.Contains('.', lines[first + 5]);
        Assert.Contains('#', lines[first + 5]);
        Assert.Equal("   0.25       9  model:init:weightVariance", lines[first + 6]);
        Assert.Contains("12 × 5 cells, 3 seeds each, at initialisation", invoked.Output);
        Assert.DoesNotContain("the picture shows every", invoked.Output);
    }

    [Fact]
    public void Without_axes_it_goes_over_gain_and_biases()
    {
        var map = Invoked.With("map", Config(), "--cells", "2x2", "--seeds:count", "1", "--json").Json;

        Assert.Equal("model:init:gain", map.GetProperty("x").GetProperty("key").GetString());
        Assert.Equal("model:init:biasVariance", map.GetProperty("y").GetProperty("key").GetString());
    }

    [Fact]
    public void A_picture_that_is_too_narrow_says_what_it_leaves_out()
    {
        var invoked = Map("--cells", "150x2", "--seeds:count", "1");

        Assert.Contains("the picture shows every 2nd cell along either axis", invoked.Output);
        Assert.Matches(@"(?m)^ \d [.o#:O@]{75}$", invoked.Output);
        Assert.Contains("150 × 2 cells", invoked.Output);
    }

    [Theory]
    [InlineData("--x: found 'model:init:gain'; allowed: KEY=FROM..TO with two numbers, as in model:init:gain=0.5..4", "--x", "model:init:gain", "--y", "model:init:biasVariance=0..1")]
    [InlineData("--x: found 'model:init:biasVariance=1..0'; allowed: a FROM that is less than TO", "--x", "model:init:biasVariance=1..0", "--y", "model:init:weightVariance=1..2")]
    [InlineData("--x and --y are both model:init:weightVariance; give two keys", "--x", "model:init:weightVariance=1..2", "--y", "model:init:weightVariance=1..2")]
    [InlineData("--cells: found '8'; allowed: NxM, N values of x by M of y, each 2 or more, as in 64x64", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--cells", "8")]
    [InlineData("--cells: 1000x1000 with 3 seeds are 3,000,000 networks; allowed: up to 1,000,000", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--cells", "1000x1000")]
    [InlineData("--out: found 'map.jpg'; allowed: a name that ends in .svg, .png, .csv", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--out", "map.jpg")]
    [InlineData("--steps: found '-1'; allowed: 0 to 18, the steps of the experiment's training (training:steps or training:epochs), by which its schedule goes", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--steps", "-1")]
    [InlineData("--log: --y begins at 0; allowed on a logarithmic axis: a FROM above 0", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--log", "both")]
    [InlineData("small varies its members (members:vary: training:optimizer:lr), and those of a map are its cells; take members:vary out, or name the key in --x or --y instead", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--members:vary:training:optimizer:lr", "0.1,0.2")]
    [InlineData("small is a study, of which map takes one variant: --variant NAME; allowed: depth 2, depth 3", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--study:grid:model:depth", "2,3")]
    public void What_can_t_be_mapped_is_one_clear_line(string message, params string[] arguments) =>
        Assert.Equal($"error: {message}{Environment.NewLine}", Refused(arguments).Error);

    [Theory]
    [InlineData("--x: model:init:weightVarianc: unknown key; allowed: ", "did you mean 'model:init:weightVariance'?", "model:init:weightVarianc=1..2")]
    [InlineData("--x: model:depth: model:depth can't differ between members; allowed: ", "model:init:weightVariance", "model:depth=1..2")]
    [InlineData("--x: model:init:weightVariance: value 1 of 2: found '-1'; allowed: ", "", "model:init:weightVariance=-1..2")]
    [InlineData("--x: model:activation:backwardScale: ", "", "model:activation:backwardScale=1..2")]
    public void So_is_an_axis_that_the_experiment_does_not_take(string begins, string contains, string axis)
    {
        var error = Refused("--x", axis, "--y", "model:init:biasVariance=0..1").Error;

        Assert.StartsWith($"error: {begins}", error);
        Assert.Contains(contains, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private Invoked Refused(params string[] arguments)
    {
        var invoked = Invoked.With(["map", Config(), .. arguments]);
        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Empty(invoked.Output);
        Assert.False(Directory.Exists(folder.File("small")));
        return invoked;
    }

    private Invoked Map(params string[] arguments) => Invoked.With(["map", Config(), .. Plane, .. arguments]);

    private static string Text(JsonElement cell, string property) => cell.GetProperty(property).GetDouble().ToString(CultureInfo.InvariantCulture);

    private string Config()
    {
        var path = folder.File("small.json");
        File.WriteAllText(path, $$"""
            {
              "name": "small", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.Path)}},
              "seeds": { "first": 5, "count": 3 },
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "model": { "depth": 10, "width": 16, "init": { "kind": "scaled-normal" } },
              "verdict": { "vanishing": 0.5, "exploding": 2 }
            }
            """);
        return path;
    }
}
