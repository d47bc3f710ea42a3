using System.Text.Json;
using System.Text.Json.Nodes;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class RunManifestTests
{
    internal static readonly RunManifest Sample = new()
    {
        Name = "fixes",
        Variant = "tanh + skip",
        Study = "study-001",
        Version = "0.1.0",
        Commit = "abc",
        TorchSource = "system",
        LibtorchVersion = "1.13.1",
        Device = "cpu",
        BlasKernels = "SkylakeX",
        Threads = 1,
        ThreadsReason = "as given",
        DataChecksum = "00ff",
        Seeds = [3, long.MaxValue],
        Grid = new Dictionary<string, JsonValue>
        {
            ["model:depth"] = JsonValue.Create(5), ["training:optimizer:lr"] = JsonValue.Create(0.1),
            ["model:activation:forward"] = JsonValue.Create("leaky-relu"), ["training:optimizer:nesterov"] = JsonValue.Create(true),
        },
        Start = new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, TimeSpan.Zero),
        Process = new RunProcess("node-7", 1234, 987654321),
        Heartbeat = new DateTimeOffset(2026, 1, 31, 12, 35, 6, TimeSpan.Zero),
        Steps = 120,
        PlannedSteps = 4000,
        WorkingDirectory = "/home/ada",
    };

    [Fact]
    public void A_manifest_is_json_that_a_person_can_read_under_any_culture()
    {
        using var culture = new CommaDecimal();
        Assert.Equal(
            """
            {
              "name": "fixes",
              "variant": "tanh + skip",
              "study": "study-001",
              "version": "0.1.0",
              "commit": "abc",
              "torchSource": "system",
              "libtorchVersion": "1.13.1",
              "device": "cpu",
              "driver": null,
              "blasKernels": "SkylakeX",
              "threads": 1,
              "threadsReason": "as given",
              "dataChecksum": "00ff",
              "seeds": [
                3,
                9223372036854775807
              ],
              "varied": [],
              "grid": {
                "model:depth": 5,
                "training:optimizer:lr": 0.1,
                "model:activation:forward": "leaky-relu",
                "training:optimizer:nesterov": true
              },
              "start": "2026-01-31T12:34:56.789+00:00",
              "earlier": [],
              "resumed": null,
              "end": null,
              "exit": "running",
              "process": {
                "host": "node-7",
                "id": 1234,
                "started": 987654321
              },
              "heartbeat": "2026-01-31T12:35:06+00:00",
              "steps": 120,
              "plannedSteps": 4000,
              "workingDirectory": "/home/ada",
              "result": null,
              "error": null
            }

            """.ReplaceLineEndings("\n"),
            Sample.ToJson());
    }

    [Fact]
    public void The_end_is_written_beside_the_start_and_read_back()
    {
        var end = Sample.Start.AddMinutes(3);
        var ended = RunManifest.FromJson(Sample.Ended(RunExit.Failed, end, "disk full").ToJson());
        Assert.Equal((RunExit.Failed, end, "disk full"), (ended.Exit, ended.End, ended.Error));
        Assert.Equal((Sample.Name, Sample.Start), (ended.Name, ended.Start));
        Assert.Equal(Sample.Seeds, ended.Seeds);
        Assert.Null(ended.Heartbeat);
    }

    [Fact]
    public void What_came_of_it_is_read_back_also_where_a_loss_is_not_a_number()
    {
        var result = new RunResult(4, 1, double.NaN, null, new Dictionary<string, int> { ["vanishing"] = 3 });
        var read = RunManifest.FromJson((Sample with { Result = result }).ToJson()).Result!;

        Assert.Equal((4, 1, double.NaN, null), (read.Members, read.Diverged, read.TestLoss, read.TestAccuracy));
        Assert.Equal(result.Verdicts, read.Verdicts);
        Assert.Null(RunManifest.FromJson(Sample.ToJson()).Result);
    }

    [Fact]
    public void The_values_of_a_grid_are_read_back_and_manifests_of_before_there_were_grids_have_none()
    {
        var read = RunManifest.FromJson(Sample.ToJson());
        Assert.Equal(Sample.Grid.Select(own => (own.Key, own.Value.ToString())), read.Grid.Select(own => (own.Key, own.Value.ToString())));
        Assert.Equal((5, 0.1), (read.Grid["model:depth"].GetValue<int>(), read.Grid["training:optimizer:lr"].GetValue<double>()));
        var before = JsonNode.Parse(Sample.ToJson())!.AsObject();
        Assert.True(before.Remove("grid"));
        Assert.Empty(RunManifest.FromJson(before.ToJsonString()).Grid);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    public void What_is_not_a_manifest_is_refused(string json) =>
        Assert.Throws<JsonException>(() => RunManifest.FromJson(json));
}
