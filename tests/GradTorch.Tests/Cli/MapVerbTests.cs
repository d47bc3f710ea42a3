using System.Globalization;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Tests.Studies;

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

    [Fact]
    public void One_that_is_interrupted_goes_on_to_what_it_would_have_been()
    {
        string[] arguments = ["map", Config(), .. Plane, "--cells", "40x40", "--seeds:count", "1", "--json", "--out"];
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
        Assert.Matches("^ 2 [.o#]{12}$", lines[first + 1]);
        Assert.Matches("^ 0 [.o#]{12}$", lines[first + 5]);
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
        Assert.Matches(@"(?m)^ \d [.o#]{75}$", invoked.Output);
        Assert.Contains("150 × 2 cells", invoked.Output);
    }

    [Theory]
    [InlineData("--x: found 'model:init:gain'; allowed: KEY=FROM..TO with two numbers, as in model:init:gain=0.5..4", "--x", "model:init:gain", "--y", "model:init:biasVariance=0..1")]
    [InlineData("--x: found 'model:init:biasVariance=1..0'; allowed: a FROM that is less than TO", "--x", "model:init:biasVariance=1..0", "--y", "model:init:weightVariance=1..2")]
    [InlineData("--x and --y are both model:init:weightVariance; give two keys", "--x", "model:init:weightVariance=1..2", "--y", "model:init:weightVariance=1..2")]
    [InlineData("--cells: found '8'; allowed: NxM, N values of x by M of y, each 2 or more, as in 64x64", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--cells", "8")]
    [InlineData("--cells: 1000x1000 with 3 seeds are 3,000,000 networks; allowed: up to 1,000,000", "--x", "model:init:weightVariance=1..2", "--y", "model:init:biasVariance=0..1", "--cells", "1000x1000")]
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
