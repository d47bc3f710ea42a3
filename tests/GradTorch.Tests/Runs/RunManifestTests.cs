using System.Text.Json;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class RunManifestTests
{
    internal static readonly RunManifest Sample = new()
    {
        Name = "fixes",
        Variant = "tanh + skip",
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
        Start = new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, TimeSpan.Zero),
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
              "start": "2026-01-31T12:34:56.789+00:00",
              "end": null,
              "exit": "running",
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
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    public void What_is_not_a_manifest_is_refused(string json) =>
        Assert.Throws<JsonException>(() => RunManifest.FromJson(json));
}
