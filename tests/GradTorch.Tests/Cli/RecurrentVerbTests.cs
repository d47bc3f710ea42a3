using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>What people and machines get of gradients through time: two members on sequences of 8 rows of 8 pixels.</summary>
public sealed class RecurrentVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_probe_has_every_timestep_of_every_recurrent_layer()
    {
        using var culture = new CommaDecimal();
        var members = Invoked.With("probe", Experiment(), "--model:depth", "2", "--json").Json
            .GetProperty("members").EnumerateArray().ToList();

        Assert.Equal(2, members.Count);
        Assert.All(members, member => Assert.Equal(
            ["recurrent1", "recurrent2", "output"], Entries(member, "layers").Select(layer => layer.GetProperty("layer_name").GetString())));
        Assert.All(members, member => Assert.Equal(
            from layer in Enumerable.Range(1, 2) from timestep in Enumerable.Range(1, 8) select (layer, timestep),
            Entries(member, "timesteps").Select(Place)));
        var timesteps = members.SelectMany(member => Entries(member, "timesteps")).ToList();
        Assert.All(timesteps, timestep => Assert.Equal(
            ["layer", "timestep", .. TimestepQuantities.Columns, "weight_gain", "activation_gain"], timestep.EnumerateObject().Select(property => property.Name)));
        Assert.All(timesteps, timestep => Assert.True(timestep.GetProperty("hidden_gradient").GetDouble() > 0));
        Assert.All(timesteps, timestep => Assert.Equal(
            timestep.GetProperty("timestep").GetInt32() == 1, timestep.GetProperty("recurrent_weight_gradient").GetDouble() == 0));
    }

    [Fact]
    public void A_probe_of_a_network_without_time_has_no_timesteps()
    {
        var invoked = Invoked.With("probe", Experiment(), "--model:kind", "mlp", "--data:form", "vectors", "--json");

        Assert.All(
            invoked.Json.GetProperty("members").EnumerateArray(), member => Assert.Empty(Entries(member, "timesteps")));
    }

    [Fact]
    public void People_get_the_timesteps_of_a_probe_and_their_ratio()
    {
        using var culture = new CommaDecimal();
        var output = Invoked.With("probe", Experiment()).Output;
        var members = Invoked.With("probe", Experiment(), "--json").Json.GetProperty("members").EnumerateArray().ToList();

        double Median(int timestep) => members.Average(member => Entries(member, "timesteps")[timestep - 1].GetProperty("hidden_gradient").GetDouble());
        var norm = Median(8).ToString("0.00e+00", CultureInfo.InvariantCulture);
        Assert.Matches(@"\n 8 +" + Regex.Escape(norm) + @" +\d\.\d\de[+-]\d\d +– +– +\d\.\d\de[+-]\d\d +0\.0 %\n", output);
        var ratio = (Median(1) / Median(8)).ToString("0.00e+00", CultureInfo.InvariantCulture);
        Assert.Contains($"recurrent1: ‖∂L/∂h_1‖ / ‖∂L/∂h_8‖ = {ratio}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_outcome_of_a_run_has_the_timesteps_of_its_database()
    {
        using var culture = new CommaDecimal();
        var outcome = Invoked.With("run", Experiment(), "--json").Json;

        Assert.Equal(JsonValueKind.Null, outcome.GetProperty("hidden_ratio").ValueKind);
        var timesteps = Entries(outcome, "timesteps");
        Assert.Equal(Enumerable.Range(1, 8).Select(timestep => (1, timestep)), timesteps.Select(Place));
        using var database = RunDatabaseReader.Open(RunDirectory.Open(outcome.GetProperty("directory").GetString()!).DatabaseFile);
        var rows = database.TimestepGradients().ToLookup(row => (row.Step, row.Timestep));
        double Median(long step, int timestep, TimestepQuantity quantity) => rows[(step, timestep)].Average(row => row[quantity]);
        foreach (var timestep in timesteps)
        {
            foreach (var (record, step) in new[] { ("first", 0L), ("last", 10L) })
            {
                Assert.Equal(
                    Median(step, timestep.GetProperty("timestep").GetInt32(), TimestepQuantity.RecurrentWeightGradient),
                    timestep.GetProperty(record).GetProperty("recurrent_weight_gradient").GetDouble(), 1e-12);
            }
        }
        var ratio = Assert.Single(Entries(outcome, "time_ratio"));
        Assert.Equal("recurrent1", ratio.GetProperty("layer_name").GetString());
        Assert.Equal(
            Median(10, 1, TimestepQuantity.HiddenGradient) / Median(10, 8, TimestepQuantity.HiddenGradient),
            ratio.GetProperty("last").GetProperty("hidden_gradient").GetDouble(), 1e-9);
    }

    [Fact]
    public void People_get_a_table_by_timestep_and_no_layer_by_itself()
    {
        using var culture = new CommaDecimal();
        var output = Invoked.With("run", Experiment()).Output;

        Assert.Matches(@"\n 1( +\d\.\d\de[+-]\d\d){4}( +×\d\.?\d*){2} +0 +0 +0\.0 %\n", output);
        Assert.Matches(@"\n 8( +\d\.\d\de[+-]\d\d){4} +– +–( +\d\.\d\de[+-]\d\d){2} +0\.0 %\n", output);
        Assert.Matches(@"\n recurrent1, timestep 1 by 8 +first +last\n", output);
        Assert.DoesNotContain("recurrent1 by recurrent1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("recurrent2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layers_of_a_deep_recurrent_net_are_compared_too()
    {
        var output = Invoked.With("run", Experiment(), "--model:depth", "2").Output;

        Assert.Contains("recurrent1 by recurrent2", output, StringComparison.Ordinal);
        Assert.Contains("recurrent2, timestep 1 by 8", output, StringComparison.Ordinal);
    }

    /// <summary>The mlp has layers to compare, the others timesteps.</summary>
    [Fact]
    public void A_study_compares_timesteps_where_there_is_time()
    {
        using var culture = new CommaDecimal();
        const string Recurrent = """ "elman": {}, "gru": { "model": { "kind": "gru" } } """;
        var both = Invoked.With("run", Experiment(Recurrent + """
            , "mlp": { "model": { "kind": "mlp", "depth": 3 }, "data": { "form": "vectors" } }
            """)).Output;

        const string Compared = @" +\d+\.\d % +\d\.\d+ +(healthy|vanishing)( 1 of 2)? +\d+\.?\d* +×\d\.?\d* ";
        Assert.Matches($@"\n elman{Compared}", both);
        Assert.Matches($@"\n gru{Compared}", both);
        Assert.Matches($@"\n mlp{Compared}", both);
    }

    [Fact]
    public void Members_of_several_learning_rates_show_their_recurrent_layer_once()
    {
        using var culture = new CommaDecimal();
        var output = Invoked.With("run", Experiment(), "--members:vary:training:optimizer:lr", "0.05,0.005").Output;

        Assert.Matches(@"\n 0\.005 +\d\.\d+ +\d+\.\d % +\d\.\d\de[+-]\d\d +0 of 2\n", output);
    }

    /// <summary>The adding problem has no right and wrong.</summary>
    [Fact]
    public void Where_there_is_no_accuracy_members_have_no_column_of_it()
    {
        string[] adding =
        [
            "--data:source", "adding", "--data:length", "8", "--data:train", "64", "--data:test", "16",
            "--members:vary:training:optimizer:lr", "0.05,0.005",
        ];
        var path = folder.File("adding.json");
        File.WriteAllText(path, File.ReadAllText(Experiment()).Replace($"\"path\": {JsonSerializer.Serialize(images.Made)}, \"form\": \"rows\",", "", StringComparison.Ordinal));
        var output = Invoked.With(["run", path, .. adding]).Output;

        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", output, StringComparison.Ordinal);
        Assert.Matches(@"\n 0\.005 +\d\.\d+ +\d\.\d\de[+-]\d\d +0 of 2\n", output);
    }

    private static (int Layer, int Timestep) Place(JsonElement entry) =>
        (entry.GetProperty("layer").GetInt32(), entry.GetProperty("timestep").GetInt32());

    private static List<JsonElement> Entries(JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray()];

    private string Experiment(string variants = "")
    {
        var path = folder.File("recurrent.json");
        File.WriteAllText(path, $$"""
            {
              "name": "small", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.Path)}}, "seeds": { "count": 2 },
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "form": "rows", "batch": 32 },
              "model": { "kind": "elman", "depth": 1, "width": 8 },
              "training": { "steps": 12, "optimizer": { "lr": 0.05 } },
              "gradients": { "every": 2, "flush": 4 },
              "study": { "variants": { {{variants}} } }
            }
            """);
        return path;
    }
}
