using System.Globalization;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>The grid of a study from the command line, on small made images.</summary>
public sealed class GridVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private const string Grid = """ "grid": { "model:depth": [2, 3], "model:activation:forward": ["tanh", "relu"] } """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_cell_is_trained_into_a_folder_of_its_own_whose_manifest_has_its_values()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("run", Study(Grid), "--study:grid:training:optimizer:lr", "0.5,0.25", "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var cells = invoked.Json.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal(8, cells.Count);
        Assert.Equal("depth 3, tanh, lr 0.25", cells[5].GetProperty("variant").GetString());
        const string Values = """{"model:depth":3,"model:activation:forward":"tanh","training:optimizer:lr":0.25}""";
        Assert.Equal(Values, JsonSerializer.Serialize(cells[5].GetProperty("grid")));
        var directory = RunDirectory.Open(folder.File("small", "depth-3-tanh-lr-0.25", "001"));
        var manifest = directory.ReadManifest();
        Assert.Equal(("depth 3, tanh, lr 0.25", Values), (manifest.Variant, JsonSerializer.Serialize(manifest.Grid)));
        var config = JsonDocument.Parse(File.ReadAllText(directory.ConfigFile)).RootElement;
        Assert.Equal(3, config.GetProperty("model").GetProperty("depth").GetInt32());
        Assert.All(config.GetProperty("study").EnumerateObject(), part => Assert.Empty(part.Value.EnumerateObject()));
    }

    [Fact]
    public void What_config_json_of_a_cell_says_repeats_it()
    {
        var run = Invoked.With("run", Study(Grid), "--variant", "depth 3, relu", "--json").Json;
        var directory = RunDirectory.Open(run.GetProperty("directory").GetString()!);
        var again = Invoked.With("run", directory.ConfigFile, "--json").Json;
        Assert.Equal(folder.File("small", "001"), again.GetProperty("directory").GetString());
        Assert.Equal(run.GetProperty("members")[0].GetProperty("test_loss").GetDouble(), again.GetProperty("members")[0].GetProperty("test_loss").GetDouble());
    }

    [Fact]
    public void The_plan_of_a_small_grid_has_every_cell_and_of_a_large_one_what_they_differ_in()
    {
        using var culture = new CommaDecimal();
        var small = Invoked.With("check", Study(Grid)).Output;
        Assert.Contains("variant 4 of 4, depth 3, relu" + Environment.NewLine, small);
        var many = string.Join(',', Enumerable.Range(1, 100));
        var lines = Invoked.With("check", Study(Grid), "--study:grid:seeds:first", many).Output.Split(Environment.NewLine);
        Assert.InRange(lines.Length, 10, 20);
        Assert.Contains("             seeds:first 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … 100 (100 values)", lines);
        Assert.Contains("grid         model:depth 2, 3", lines);
        Assert.Contains("             model:activation:forward tanh, relu", lines);
        Assert.Contains(lines, line => line.StartsWith("runs         2 × 2 × 100: 400, from 'depth 2, tanh, first 1' to", StringComparison.Ordinal));
        Assert.Contains("parameters   682 to 754 in each run", lines);
        Assert.Contains(lines, line => line.StartsWith("in all 400 variants, one after another: 400 members, 1,600 steps, ", StringComparison.Ordinal));
        var plans = Invoked.With("check", Study(Grid), "--json").Json.GetProperty("variants").EnumerateArray();
        Assert.Equal([2, 2, 3, 3], plans.Select(plan => plan.GetProperty("grid").GetProperty("model:depth").GetInt32()));
    }

    [Fact]
    public void What_no_data_or_model_fit_is_told_once_with_the_cells_and_nothing_is_written()
    {
        var invoked = Invoked.With("run", Study(Grid), "--study:grid:data:batch", "32,60001", "--variant", "none");
        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.EndsWith(
            "(in the variants 'depth 2, tanh, batch 60001', 'depth 2, relu, batch 60001', 'depth 3, tanh, batch 60001' and 1 more)" + Environment.NewLine,
            invoked.Error);
        Assert.Single(invoked.Error.Split("data:batch: found 60001")[1..]);
        Assert.False(Directory.Exists(folder.File("small")));
    }

    [Fact]
    public void A_cell_is_picked_by_its_name_of_which_some_are_told()
    {
        var invoked = Invoked.With("run", Study(Grid), "--variant", "depth 3, rleu");
        Assert.Equal(
            "error: 'depth 3, rleu' is not a variant of small; allowed: 'depth 2, tanh', 'depth 2, relu', 'depth 3, tanh', 'depth 3, relu'; "
            + $"did you mean 'depth 3, relu'?{Environment.NewLine}",
            invoked.Error);
        invoked = Invoked.With("probe", Study(Grid), "--study:grid:seeds:first", string.Join(',', Enumerable.Range(0, 10)));
        Assert.EndsWith($"'depth 2, relu, first 9' and 20 more, which check --json lists{Environment.NewLine}", invoked.Error);
    }

    [Fact]
    public void Interrupted_it_keeps_what_is_done()
    {
        var invoked = Invoked.InterruptedAt("variant 2 of 4", "run", Study(Grid), "--training:steps", "2000", "--gradients:flush", "10", "--json");
        Assert.Equal(ExitCode.Interrupted, invoked.Exit);
        Assert.Equal(
            ["depth 3, tanh", "depth 3, relu"], invoked.Json.GetProperty("not_trained").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(RunExit.Interrupted, RunDirectory.Open(folder.File("small", "depth-2-relu", "001")).ReadManifest().Exit);
    }

    /// <summary>One member, 4 steps, with this in its study.</summary>
    private string Study(string study)
    {
        var path = folder.File("experiment.json");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "name": "small", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.Path)}},
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "model": { "width": 8 }, "training": { "steps": 4 }, "gradients": { "every": 2, "flush": 4 },
              "study": { {{study}} }
            }
            """));
        return path;
    }
}
