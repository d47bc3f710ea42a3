using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Cli;

/// <summary>A run that is repeated is the same, and what is not the same is found.</summary>
public sealed class VerifyVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_nobody_touched_is_the_same_bit_for_bit()
    {
        var run = Run();
        var verified = Invoked.With("verify", run.Path);
        Assert.Equal(ExitCode.Done, verified.Exit);
        Assert.StartsWith("the same, bit for bit: 30 updates, ", verified.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.EndsWith("weights among them", verified.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.True(Invoked.With("verify", run.Path, "--json", "--steps", "11").Json is var json && json.GetProperty("same").GetBoolean());
        Assert.Equal((11, false), (json.GetProperty("steps").GetInt32(), json.GetProperty("weights").GetBoolean()));
    }

    [Fact]
    public void One_flipped_bit_in_one_weight_is_found()
    {
        var run = Run();
        var (step, checkpoint) = run.Checkpoints.Newest()!.Value;
        var weight = checkpoint.Tensors["model.hidden2.linear.weight"];
        Assert.Equal([2, 16, 16], weight.Shape);
        byte[] flipped = [.. weight.Data.Span];
        // The lowest bit of W[3, 5] of member 1.
        flipped[sizeof(float) * ((16 + 3) * 16 + 5)] ^= 1;
        var tensors = checkpoint.Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value);
        tensors["model.hidden2.linear.weight"] = weight with { Data = flipped };
        run.Checkpoints.Write(step, checkpoint with { Tensors = tensors }, keep: 2);

        var verified = Invoked.With("verify", run.Path, "--json");
        Assert.Equal(ExitCode.Failed, verified.Exit);
        Assert.Equal(1, verified.Json.GetProperty("different").GetInt64());
        var first = verified.Json.GetProperty("first");
        Assert.Equal(
            ("checkpoint", 30, 1, "hidden2.linear.weight[3, 5]"),
            (first.GetProperty("table").GetString(), first.GetProperty("step").GetInt64(), first.GetProperty("member").GetInt64(), first.GetProperty("quantity").GetString()));
        var (was, repeated) = (first.GetProperty("run").GetDouble(), first.GetProperty("repeated").GetDouble());
        Assert.NotEqual(was, repeated);
        Assert.Equal(Math.Abs(was - repeated) / Math.Max(Math.Abs(was), Math.Abs(repeated)), verified.Json.GetProperty("largest_relative").GetDouble());
        Assert.Contains(
            $"first difference: step 30, member 1, hidden2.linear.weight[3, 5] (checkpoint) is ", Invoked.With("verify", run.Path).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE layer_gradient SET weight_gradient = weight_gradient * (1 + 1e-15) WHERE step = 12 AND member = 1 AND layer = 3", "layer_gradient", 12, "weight_gradient")]
    [InlineData("UPDATE scalar SET value = 'NaN' WHERE step = 7 AND member = 1 AND name = 'loss'", "scalar", 7, "loss")]
    [InlineData("DELETE FROM evaluation WHERE step = 20 AND member = 1", "evaluation", 20, "test the row")]
    [InlineData("INSERT INTO evaluation VALUES (21, 1, 'test', 0.5, NULL)", "evaluation", 21, "test the row")]
    public void One_changed_row_is_found(string sql, string table, long step, string quantity)
    {
        var run = Run();
        using (var connection = new SqliteConnection($"Data Source={run.DatabaseFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        var verified = Invoked.With("verify", run.Path, "--json");
        Assert.Equal(ExitCode.Failed, verified.Exit);
        Assert.Equal(1, verified.Json.GetProperty("different").GetInt64());
        var first = verified.Json.GetProperty("first");
        Assert.Equal(
            (table, step, 1, quantity),
            (first.GetProperty("table").GetString(), first.GetProperty("step").GetInt64(), first.GetProperty("member").GetInt64(), first.GetProperty("quantity").GetString()));
        // Before that everything is the same.
        Assert.Equal(ExitCode.Done, Invoked.With("verify", run.Path, "--steps", (step - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)).Exit);
    }

    /// <summary>Its schedule depends on how long it was to be.</summary>
    [Fact]
    public void A_run_that_was_made_longer_is_repeated_so()
    {
        var run = Run();
        Assert.Equal(ExitCode.Done, Invoked.With("resume", run.Path, "--training:steps", "50").Exit);
        Assert.Equal(50, run.ReadManifest().Steps);
        var verified = Invoked.With("verify", run.Path);
        Assert.Equal(ExitCode.Done, verified.Exit);
        Assert.Contains("the same, bit for bit: 50 updates", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_run_is_refused()
    {
        Invoked.With("verify").AssertRefused("verify needs DIR, a run directory, as in: gradtorch verify runs/smoke/001");
        Assert.Equal(ExitCode.Failed, Invoked.With("verify", folder.Path).Exit);
        Invoked.With("verify", folder.Path, "--steps", "0").AssertRefused($"--steps: found '0'; allowed: an integer from 1 to {int.MaxValue}");
    }

    private RunDirectory Run()
    {
        var config = folder.File("small.json");
        File.WriteAllText(config, $$"""
            { "name": "small", "device": "cpu", "seeds": { "count": 2 }, "model": { "depth": 3, "width": 16, "norm": "batch", "dropout": 0.1 },
              "data": { "path": {{System.Text.Json.JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "training": { "steps": 30, "evaluateEvery": 10, "optimizer": { "kind": "adam", "lr": 0.003 }, "schedule": { "kind": "cosine" } },
              "gradients": { "every": 1, "flush": 5 } }
            """);
        Assert.Equal(ExitCode.Done, Invoked.With("run", config, "--output", folder.Path).Exit);
        return RunDirectory.Open(folder.File("small", "001"));
    }
}
