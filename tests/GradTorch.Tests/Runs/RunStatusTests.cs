using System.Diagnostics;
using System.Text.Json.Nodes;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>What became of a run, from its manifest.</summary>
public sealed class RunStatusTests
{
    private static readonly DateTimeOffset Now = RunManifestTests.Sample.Heartbeat!.Value.AddSeconds(119);

    private static readonly RunManifest OfThis = RunManifestTests.Sample with { Process = RunProcess.Current };

    [Fact]
    public void Whose_process_is_there_it_runs_however_long_it_is_silent() =>
        Assert.Equal(RunStatus.Running, RunStatuses.Of(OfThis, Now.AddDays(1)));

    /// <summary>A number is given to another process some time.</summary>
    [Fact]
    public void Whose_process_is_another_one_of_its_number_it_died() => Assert.Equal(
        RunStatus.Died, RunStatuses.Of(OfThis with { Process = RunProcess.Current with { Started = RunProcess.Current.Started - 1 } }, Now));

    [Fact]
    public void Whose_process_was_killed_it_died_at_once()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep", "1000"))!;
        var start = StartOf(process.Id);
        var manifest = OfThis with { Process = RunProcess.Current with { Id = process.Id, Started = start } };
        Assert.Equal(RunStatus.Running, RunStatuses.Of(manifest, Now));

        process.Kill();
        process.WaitForExit();
        Assert.Equal(RunStatus.Died, RunStatuses.Of(manifest, Now));
    }

    [Fact]
    public void On_another_machine_it_goes_by_the_heartbeat()
    {
        var elsewhere = OfThis with { Process = RunProcess.Current with { Host = "elsewhere" } };

        Assert.Equal(RunStatus.Running, RunStatuses.Of(elsewhere, Now));
        Assert.Equal(RunStatus.Died, RunStatuses.Of(elsewhere, Now.AddSeconds(2)));
    }

    [Theory]
    [InlineData(RunExit.Finished, RunStatus.Finished)]
    [InlineData(RunExit.Interrupted, RunStatus.Interrupted)]
    [InlineData(RunExit.Failed, RunStatus.Failed)]
    public void An_end_counts_whether_or_not_the_process_is_there(RunExit exit, RunStatus status) => Assert.All(
        [OfThis, RunManifestTests.Sample], manifest => Assert.Equal(status, RunStatuses.Of(manifest.Ended(exit, Now), Now.AddDays(1))));

    [Fact]
    public void A_manifest_of_before_does_not_tell_whether_it_runs()
    {
        var before = JsonNode.Parse(RunManifestTests.Sample.ToJson())!.AsObject();
        Assert.All(["process", "heartbeat", "steps", "plannedSteps", "result"], name => Assert.True(before.Remove(name)));

        Assert.Equal(RunStatus.Unknown, RunStatuses.Of(RunManifest.FromJson(before.ToJsonString()), Now));
    }

    /// <summary>As ps counts it: field 22 of proc(5), and .NET's own time of the start where there is no /proc.</summary>
    private static long StartOf(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        return long.Parse(File.ReadAllText($"/proc/{id}/stat").Split(' ')[21], System.Globalization.CultureInfo.InvariantCulture);
    }
}
