using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Cli;

/// <summary>Dynamics of the small runs that <see cref="CompareVerbTests"/> compares.</summary>
public sealed class DynamicsVerbTests(CompareVerbTests.Runs runs) : IClassFixture<CompareVerbTests.Runs>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_runs_is_one_document()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("dynamics", runs.Folder, "--json");

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        var variants = invoked.Json.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal(["tanh 4", "relu 4", "tanh 2", "relu 2"], variants.Select(variant => variant.GetProperty("variant").GetString()));
        Assert.Equal([3, 3, 1, 1], variants.Select(variant => variant.GetProperty("chain").GetArrayLength()));
        Assert.All(variants, variant =>
        {
            Assert.Equal((3, 0, 0, 40, 1), (Int(variant, "members"), Int(variant, "diverged"), Int(variant, "unfinished"), Int(variant, "records"), Int(variant, "steps_between")));
            Assert.Equal(3, variant.GetProperty("weights").GetArrayLength());
            Assert.All(variant.GetProperty("chain").EnumerateArray(), place =>
            {
                var vanishing = place.GetProperty("vanishing");
                // Healthy throughout: 3 members and 39 pairs of records.
                Assert.Equal((0, 117, 0.0), (Int(vanishing, "count"), Int(vanishing, "chances"), vanishing.GetProperty("probability").GetDouble()));
                Assert.Equal("Infinity", vanishing.GetProperty("steps").GetString());
                Assert.Equal("unseen", place.GetProperty("street").GetString());
            });
            Assert.Equal("none had vanished, and a model needs both outcomes", variant.GetProperty("model").GetProperty("obstacle").GetString());
        });
    }

    [Fact]
    public void People_get_the_chain_the_model_and_the_weights()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("dynamics", runs.Of("tanh 4"));

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.StartsWith("tanh 4: 3 members, 40 records from step 0 to step 39, 1 steps apart\n", invoked.Output);
        Assert.Matches(@"\n hidden1 +0, 0 +0 of 117: 0 \[0, 0\.031\] +at least 32 +– +unseen\n", invoked.Output);
        Assert.Contains("\nunseen in 3 layers (hidden1 to hidden3): no record follows one with a vanished gradient\n", invoked.Output);
        Assert.Contains("P(vanished at step 39 | first record): no model; none had vanished", invoked.Output);
        Assert.Matches(@"\n 0 \(5\) +healthy, healthy +\d+\.\d+ +\d+\.\d+ +\d\.\d+ +\d\.\d+ \((hidden\d|output)\) +\d\.\d+ \((hidden\d|output)\)\n", invoked.Output);
    }

    [Fact]
    public void The_model_has_its_calibration_where_some_have_vanished()
    {
        var directory = Copy("tanh 4", "made");
        // Layer 1 of every member has vanished from step 10 on, of member 2 it comes back.
        Sql(directory, "UPDATE layer_gradient SET preactivation_gradient = 1e-9 WHERE layer = 1 AND step >= 10 AND NOT (member = 2 AND step > 30)");
        var variant = Invoked.With("dynamics", directory, "--after", "20", "--json").Json.GetProperty("variants")[0];
        var (first, model) = (variant.GetProperty("chain")[0], variant.GetProperty("model"));

        Assert.Equal("two_way", first.GetProperty("street").GetString());
        // 30 chances of two members, and 21 of the third.
        Assert.Equal((3, 3 * 9 + 3 + 8), (Int(first.GetProperty("vanishing"), "count"), Int(first.GetProperty("vanishing"), "chances")));
        Assert.Equal((1, 29 + 29 + 21, 3, 1), (
            Int(first.GetProperty("return"), "count"), Int(first.GetProperty("return"), "chances"), Int(first.GetProperty("return"), "members"), Int(first.GetProperty("return"), "members_left")));
        Assert.Equal((20, 9, 3), (Int(model, "step"), Int(model, "observations"), Int(model, "vanished")));
        Assert.Equal(9, model.GetProperty("calibration").EnumerateArray().Sum(bin => Int(bin, "count")));
        Assert.Equal(2.0 / 9, model.GetProperty("base_brier").GetDouble(), 1e-12);
        var output = Invoked.With("dynamics", directory, "--after", "20").Output;
        Assert.Contains("P(vanished at step 20 | first record), a logistic model: 3 of 9 layers of all members had vanished\n", output);
        Assert.Matches(@"\ncalibration, each member predicted by a model of the others: Brier score 0\.\d+, that of the base rate 0\.2222\n", output);
        Assert.Contains("\ntwo-way in 1 layer (hidden1): gradients came back 1 time, in up to 1 of 3 members\n", output);
    }

    [Fact]
    public void Damaged_half_written_and_older_runs_are_named_and_the_rest_goes_on()
    {
        File.Delete(Path.Combine(Copy("tanh 4", "no-database"), "run.db"));
        File.WriteAllBytes(Path.Combine(Copy("tanh 4", "broken"), "run.db"), [1, 2, 3]);
        File.WriteAllText(Path.Combine(Copy("tanh 4", "half-written"), "manifest.json"), "{");
        Sql(Copy("tanh 4", "older"), "PRAGMA user_version = 4");
        Sql(Copy("tanh 4", "torn"), "DELETE FROM layer_gradient WHERE step = 7 AND layer = 2");
        Sql(Copy("tanh 4", "unrecorded"), "DELETE FROM layer_gradient");
        var going = Copy("tanh 4", "going-on");
        Sql(going, "UPDATE member SET status = 'running'; DELETE FROM layer_gradient WHERE step > 20");
        var invoked = Invoked.With("dynamics", folder.Path, "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var variant = Assert.Single(invoked.Json.GetProperty("variants").EnumerateArray());
        Assert.Equal((going, 3, 21), (variant.GetProperty("directory").GetString(), Int(variant, "unfinished"), Int(variant, "records")));
        Assert.Equal(6, invoked.Error.Split("warning: left out: ").Length - 1);
        Assert.All(["no-database", "broken", "half-written", "older", "torn", "unrecorded"], name => Assert.Contains(folder.File(name, "001"), invoked.Error));
        Assert.Contains("3 of 3 members did not come to the last step: what was recorded counts\n", Invoked.With("dynamics", going).Output);
    }

    [Fact]
    public void Joint_histograms_are_shown_of_a_layer_and_have_every_element()
    {
        using var culture = new CommaDecimal();
        using var images = new SmallImages();
        var small = StudyRun.Small(images, folder.Path);
        var run = StudyRun.Of(small with { Gradients = new() { Every = 20, Measure = ["joint"] } });
        var document = Invoked.With("dynamics", run.Directory.Path, "--json").Json.GetProperty("variants")[0].GetProperty("joint").EnumerateArray().ToList();

        Assert.Equal(["z", "w"], document.Select(pair => pair.GetProperty("pair").GetString()));
        var layers = document.Select(pair => pair.GetProperty("layers").EnumerateArray().ToList()).ToList();
        Assert.All(layers, own => Assert.Equal(["hidden1", "hidden2", "hidden3", "hidden4", "output"], own.Select(layer => layer.GetProperty("name").GetString())));
        // Two records of three members: a batch of 32 with 16 units, and 16 × 16 weights.
        Assert.Equal((2 * 3 * 32 * 16, 2 * 3 * 16 * 16), (Elements(layers[0][1]), Elements(layers[1][1])));
        var output = Invoked.With("dynamics", run.Directory.Path, "--layer", "hidden3", "--step", "20").Output;
        Assert.Contains("\nhidden3, |δ| by pre-activation z: 1,536 elements\n", output);
        Assert.Contains("\nhidden3, |∂L/∂w| by weight w: 768 elements\n", output);
        Assert.Matches(@"\n +from 1e-06( [·0-9]){16}   [·0-9]\n", output);
        Assert.Contains("\n                    -0.35         0             0.35 not finite\n", output);
        Assert.Equal(
            $"error: --step: found '7'; allowed: the step of a record, of which there are 2 from 0 to 20{Environment.NewLine}",
            Invoked.With("dynamics", run.Directory.Path, "--step", "7").Error);
        Assert.Equal(
            $"error: --layer: found 'hiden3'; allowed: hidden1, hidden2, hidden3, hidden4, output; did you mean 'hidden3'?{Environment.NewLine}",
            Invoked.With("dynamics", run.Directory.Path, "--layer", "hiden3").Error);
        var without = Invoked.With("dynamics", runs.Of("tanh 4"), "--layer", "hidden3");
        Assert.Equal(ExitCode.Failed, without.Exit);
        Assert.Contains("No joint histogram was recorded", without.Error);

        static long Elements(JsonElement layer) => layer.GetProperty("counts").EnumerateArray().Sum(column => column.EnumerateArray().Sum(count => count.GetInt64()));
    }

    [Theory]
    [InlineData("dynamics needs DIR, a run directory or a folder with runs below it, as in: gradtorch dynamics runs/fashion-mnist-sigmoid-20")]
    [InlineData("nowhere is not a folder; give a run directory, or a folder with runs below it", "nowhere")]
    [InlineData("--after: found '0'; allowed: an integer from 1 to 2147483647", ".", "--after", "0")]
    [InlineData("'--afte' is not an option; did you mean '--after'?", ".", "--afte", "3")]
    public void What_can_t_be_asked_for_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        Invoked.With(["dynamics", .. arguments]).AssertRefused(message);

    [Fact]
    public void Where_nothing_is_left_it_fails()
    {
        Sql(Copy("tanh 4", "unrecorded"), "DELETE FROM layer_gradient");
        var invoked = Invoked.With("dynamics", folder.Path);

        Assert.Equal((ExitCode.Failed, ""), (invoked.Exit, invoked.Output));
        Assert.EndsWith($"error: No run is left that has dynamics.{Environment.NewLine}", invoked.Error);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static void Sql(string directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={RunDirectory.Open(directory).DatabaseFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string Copy(string variant, string name) => folder.Copy(runs.Of(variant), name, "001");
}
