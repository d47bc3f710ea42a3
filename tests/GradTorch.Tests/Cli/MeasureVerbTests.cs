using System.Text.Json;
using GradTorch.Gradients.Measurements;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>What people and machines get of what an experiment asks to be measured: two members on images of 8 by 8 pixels.</summary>
public sealed class MeasureVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private const string Names = "dead-units,exponents,joint,compare-exact,singular-values,skip";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_names_here_are_all_that_fit_together() =>
        Assert.Equal(MeasurementRegistry.All.Where(entry => entry.Activation is null).Select(entry => entry.Name), Names.Split(','));

    [Fact]
    public void Units_inside_the_thresholds_are_of_tanh_only()
    {
        string[] tanh = ["probe", Experiment(), "--gradients:measure", "inside", "--model:activation:forward", "tanh", "--model:activation:slope", "2"];
        var names = Invoked.With([.. tanh, "--json"]).Json.GetProperty("members")[0].GetProperty("measures").EnumerateArray()
            .Select(measure => (measure.GetProperty("layer").GetInt32(), measure.GetProperty("name").GetString()!));
        Assert.Equal(Enumerable.Range(1, 4).SelectMany(layer => new[] { (layer, "inside_1"), (layer, "inside_2"), (layer, "inside_depth") }), names);
        Assert.Matches(@"hidden4 +0\.\d+ +0\.\d+ +[01]", Invoked.With(tanh).Output);
        Assert.Contains(
            "'inside' is for tanh, and model:activation:forward is 'relu'; allowed here: ",
            Invoked.With("probe", Experiment(), "--gradients:measure", "inside").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_has_the_first_and_the_last_record_as_in_the_database()
    {
        var outcome = Invoked.With("run", Experiment(), "--json").Json;
        using var database = RunDatabaseReader.Open(Path.Combine(outcome.GetProperty("directory").GetString()!, "run.db"));
        var measures = outcome.GetProperty("measures").EnumerateArray().ToList();
        var rows = database.LayerMeasures().Where(row => row.Step == 10).GroupBy(row => (row.Layer, row.Name)).ToDictionary(
            same => same.Key, same => same.Average(row => row.Value));
        Assert.Equal(rows.Count, measures.Count);
        Assert.All(measures, measure => Assert.Equal(
            rows[(measure.GetProperty("layer").GetInt32(), measure.GetProperty("name").GetString()!)], measure.GetProperty("last").GetDouble(), 1e-9));
        var exponents = outcome.GetProperty("exponents").EnumerateArray().ToList();
        Assert.Equal(
            database.GradientExponents().Where(row => row.Step == 0).Sum(row => row.Count), exponents.Sum(power => power.GetProperty("first").GetInt64()));
    }

    [Fact]
    public void A_probe_has_every_number_of_every_member()
    {
        var members = Invoked.With("probe", Experiment(), "--json").Json.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(2, members.Count);
        Assert.All(members, member =>
        {
            var names = member.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("name").GetString()).Distinct();
            Assert.Superset(new HashSet<string?> { "dead", "delta_zeros", "exact_cosine", "singular_value", "skip_gradient" }, names.ToHashSet());
            // 64 pixels to 16 units four times, then 10 classes: every element of δ is somewhere.
            var zeros = member.GetProperty("measures").EnumerateArray().Where(measure => measure.GetProperty("name").GetString() == "delta_zeros")
                .Sum(measure => measure.GetProperty("value").GetDouble());
            Assert.Equal(32 * (4 * 16 + 10), zeros + member.GetProperty("exponents").EnumerateArray().Sum(power => power.GetProperty("count").GetInt64()));
        });
        var nothing = Invoked.With("probe", Experiment(), "--gradients:measure", "", "--json").Json.GetProperty("members")[0];
        Assert.Empty(nothing.GetProperty("measures").EnumerateArray());
        Assert.Empty(nothing.GetProperty("exponents").EnumerateArray());
    }

    [Fact]
    public void People_get_a_row_for_each_layer()
    {
        using var culture = new CommaDecimal();
        foreach (var verb in (string[])["probe", "run"])
        {
            var lines = Invoked.With(verb, Experiment(), "--gradients:measure", "exponents,compare-exact").Output.Split(Environment.NewLine);
            Assert.Contains(lines, line => line.StartsWith(" network ", StringComparison.Ordinal));
            Assert.Equal(4, lines.Count(line => line.StartsWith(" hidden", StringComparison.Ordinal) && System.Text.RegularExpressions.Regex.IsMatch(line, @"1e-\d\d +1e-\d\d +1e[-+]\d\d *$")));
            Assert.DoesNotContain(Invoked.With(verb, Experiment(), "--gradients:measure", "").Output.Split(Environment.NewLine), line => line.StartsWith(" measured ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_check_says_what_it_costs()
    {
        using var culture = new CommaDecimal();
        var output = Invoked.With("check", Experiment()).Output;
        // 4 layers × 3, 5 layers × (3 + 84), 5 layers × (2 + 2 × 17 × 18), 6 × 2, 5, and 2 blocks × 2: numbers of 8 bytes.
        Assert.Contains($"measured     {Names.Replace(",", ", ", StringComparison.Ordinal)}: 28.3 kB more in each record of a member", output, StringComparison.Ordinal);
        Assert.Matches(@"\n +a recorded step takes as long as about \d+(\.\d)? more \(small layers on a CPU\), and training \d+(\.\d+)? times as long", output);
        Assert.DoesNotContain("measured ", Invoked.With("check", Experiment(), "--gradients:measure", "").Output, StringComparison.Ordinal);
        var measured = Invoked.With("check", Experiment(), "--json").Json.GetProperty("plan").GetProperty("measured");
        Assert.Equal((12 + 435 + 3070 + 12 + 5 + 4) * 8, measured.GetProperty("record_bytes").GetInt32());
        Assert.Equal(3, measured.GetProperty("passes").GetInt32());
        long Memory(string names) => Invoked.With("check", Experiment(), "--gradients:measure", names, "--json").Json.GetProperty("plan").GetProperty("memory_bytes").GetInt64();
        // Two members and 20 records between flushes; singular values need no pass, so that only gradients are kept beside.
        Assert.Equal(2 * (20 * 5 * 8 + 4 * (64 * 16 + 16 + 3 * (16 * 16 + 16) + 16 * 10 + 10 + 64 * 16)), Memory("singular-values") - Memory(""));
    }

    private string Experiment() => folder.Write("experiment.json", System.Text.Encoding.UTF8.GetBytes($$"""
        {
          "name": "measured", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.File("runs"))}}, "seeds": { "count": 2 },
          "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
          "model": { "kind": "residual", "depth": 4, "width": 16, "skip": { "every": 2 }, "activation": { "forward": "relu", "backward": "sigmoid-function" } },
          "training": { "steps": 12 }, "gradients": { "every": 10, "measure": {{JsonSerializer.Serialize(Names.Split(','))}} }
        }
        """));
}
