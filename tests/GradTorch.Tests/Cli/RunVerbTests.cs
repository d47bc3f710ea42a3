using System.Text.Json;
using GradTorch.Analysis;
using GradTorch.Cli;
using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Cli;

public sealed class RunVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [FactWithFashionMnist]
    public void The_outcome_is_one_document_that_agrees_with_the_database()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With([.. Tiny(), "--json"]);

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var outcome = invoked.Json;
        Assert.Equal("finished", outcome.GetProperty("exit").GetString());
        Assert.Equal(12, outcome.GetProperty("steps").GetInt32());
        Assert.Equal(12, outcome.GetProperty("planned_steps").GetInt32());
        Assert.Equal([0, 10], Pair(outcome.GetProperty("records")).Select(step => step.GetInt32()));
        Assert.Contains("smoke: 2 members of ", invoked.Error);

        using var database = RunDatabaseReader.Open(DirectoryOf(outcome).DatabaseFile);
        var members = outcome.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(["finished", "finished"], members.Select(member => member.GetProperty("status").GetString()));
        Assert.Equal(
            database.Evaluations().Where(row => row.Step == 12).Select(row => (row.Loss, row.Accuracy!.Value)),
            members.Select(member => (member.GetProperty("test_loss").GetDouble(), member.GetProperty("test_accuracy").GetDouble())));
        var deltas = database.LayerGradients().Where(row => row.Step == 10 && row.Layer == 1)
            .Select(row => row[LayerQuantity.PreactivationGradient]).ToList();
        var layer = outcome.GetProperty("layers")[0];
        Assert.Equal("hidden1", layer.GetProperty("layer_name").GetString());
        Assert.Equal(
            (deltas[0] + deltas[1]) / 2, layer.GetProperty("last").GetProperty("preactivation_gradient").GetDouble(), 1e-12);
        Assert.Equal(
            ["layer", "layer_name", "first", "last", "ratio", "gain"], layer.EnumerateObject().Select(property => property.Name));
        Assert.Equal(2, Pair(outcome.GetProperty("hidden_ratio")).Count(ratio => ratio.GetProperty("weight_gradient").GetDouble() > 0));
    }

    [FactWithFashionMnist]
    public void People_get_a_table_by_layer_and_the_run_directory()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With(Tiny());

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Empty(invoked.Error);
        Assert.Matches(@"\n hidden3( +\d\.\d\de-\d\d){5}( +×\d\.\d+){2} +\d+\.\d % +\d+\.\d %\n", invoked.Output);
        Assert.Contains("hidden1 by hidden3", invoked.Output);
        Assert.Contains("first record: step 0, last record: step 10", invoked.Output);
        Assert.Matches(@"\nhealthy at the first record \(step 0\) in all 2 members: hidden1 gets 0\.\d+ times the gradient of hidden3\n"
            + @"  ×0\.\d+ a layer on its way back: slope of ln‖δ‖ 0\.\d+ \[-?\d\.\d+, \d\.\d+\], e-folding over \d+\.?\d* layers\n"
            + @"  activation: ×0\.\d+ a layer; weights: ×\d\.\d+\n", invoked.Output);
        Assert.Contains("vanishing up to 0.001, exploding from 1000; verdict:vanishing and verdict:exploding", invoked.Output);
        Assert.Matches(@"\ntest after 12 steps: loss \d\.\d+ \[\d\.\d+\.\.\d\.\d+\], accuracy \d+\.\d % \[", invoked.Output);
        Assert.EndsWith($"run directory: {folder.File("smoke", "001")}{Environment.NewLine}", invoked.Output);
    }

    [FactWithFashionMnist]
    public void Interrupted_it_exits_130_with_everything_recorded_saved()
    {
        var invoked = Invoked.InterruptedAt(
            "step 5:", [.. Tiny(steps: 1_000_000), "--json", "--training:evaluateEvery", "5"]);

        Assert.Equal(ExitCode.Interrupted, invoked.Exit);
        Assert.Equal("interrupted", invoked.Json.GetProperty("exit").GetString());
        Assert.Equal(5, invoked.Json.GetProperty("steps").GetInt32());
        Assert.All(
            invoked.Json.GetProperty("members").EnumerateArray(),
            member => Assert.Equal("stopped", member.GetProperty("status").GetString()));
        var directory = DirectoryOf(invoked.Json);
        Assert.Equal(RunExit.Interrupted, directory.ReadManifest().Exit);
        using var database = RunDatabaseReader.Open(directory.DatabaseFile);
        Assert.Equal([0, 1, 2, 3, 4], database.Scalars().Select(row => row.Step).Distinct());
        Assert.Equal([0, 2, 4], database.LayerGradients().Select(row => row.Step).Distinct());
    }

    [FactWithFashionMnist]
    public void Interrupted_before_an_evaluation_its_groups_have_a_dash_for_the_loss()
    {
        string[] varied = ["--members:vary:training:optimizer:lr", "0.1,0.01"];
        var invoked = Invoked.InterruptedAt("smoke: 4 members", [.. Tiny(steps: 1_000_000), "--json", .. varied]);
        var directory = RunDirectory.Open(DirectoryOf(invoked.Json).Path);
        using var written = new StringWriter();
        MemberGroupView.Show(RunSummary.Read(directory), new Screen(written, isLive: false));

        Assert.DoesNotContain("NaN", written.ToString());
        Assert.DoesNotContain("accuracy", written.ToString());
        Assert.Matches(@"\n 0\.01 +– ", written.ToString());
    }

    [FactWithFashionMnist]
    public void Members_that_diverge_are_a_result()
    {
        string[] arguments = [.. Tiny(), "--training:optimizer:lr", "1e30", "--model:activation:forward", "relu"];
        var invoked = Invoked.With([.. arguments, "--json"]);

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Equal("finished", invoked.Json.GetProperty("exit").GetString());
        var member = invoked.Json.GetProperty("members")[0];
        Assert.Equal("diverged", member.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, member.GetProperty("test_loss").ValueKind);
        var step = member.GetProperty("diverged_step").GetInt64();
        var layer = member.GetProperty("diverged_layer").GetInt32();
        Assert.Contains($"member 0 (seed 0) diverged at step {step} in layer {layer}", Invoked.With(arguments).Output);
    }

    [FactWithFashionMnist]
    public void Without_records_of_gradients_there_are_no_layers()
    {
        var invoked = Invoked.With([.. Tiny(recordEvery: 0), "--json"]);

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Equal(JsonValueKind.Null, invoked.Json.GetProperty("layers").ValueKind);
        Assert.DoesNotContain("hidden1", Invoked.With(Tiny(recordEvery: 0)).Output);
    }

    [Fact]
    public void Data_that_are_not_there_are_bad_input_and_nothing_is_written()
    {
        var invoked = Invoked.With([.. Tiny(), "--data:path", folder.File("nowhere"), "--json"]);

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("(data:path)", invoked.Json.GetProperty("error").GetString());
        Assert.False(Directory.Exists(folder.File("smoke")));
    }

    /// <summary>A small network with a flush every four steps.</summary>
    private string[] Tiny(int steps = 12, int recordEvery = 2) =>
    [
        "run", Path.Combine(ConfigsFolder.Path, "smoke.json"), "--device", "cpu", "--output", folder.Path,
        "--model:depth", "3", "--model:width", "16", $"--training:steps={steps}",
        $"--gradients:every={recordEvery}", "--gradients:flush=4",
    ];

    private static RunDirectory DirectoryOf(JsonElement outcome) =>
        RunDirectory.Open(outcome.GetProperty("directory").GetString()!);

    private static JsonElement[] Pair(JsonElement pair) => [pair.GetProperty("first"), pair.GetProperty("last")];
}
