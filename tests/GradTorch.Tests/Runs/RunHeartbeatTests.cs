using System.Diagnostics;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>The manifest of a run that goes on.</summary>
public sealed class RunHeartbeatTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_goes_on_and_says_up_to_which_step_all_is_recorded()
    {
        var directory = Started();
        using var heartbeat = new RunHeartbeat(directory, RunManifestTests.Sample, Soon);
        heartbeat.Recorded(140);
        heartbeat.Recorded(130);
        var manifest = WaitFor(directory, manifest => manifest.Steps == 140);
        var later = WaitFor(directory, later => later.Heartbeat > manifest.Heartbeat);

        Assert.Equal((RunExit.Running, RunManifestTests.Sample.Process), (later.Exit, later.Process));
        Assert.InRange(DateTimeOffset.UtcNow - later.Heartbeat!.Value, TimeSpan.Zero, Patience);
    }

    [Fact]
    public void The_end_is_the_last_word()
    {
        var directory = Started();
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var heartbeat = new RunHeartbeat(directory, RunManifestTests.Sample, Soon);
            heartbeat.Recorded(attempt);
            Thread.Sleep(attempt % 5);
            heartbeat.End(RunExit.Failed, steps: null, result: null, "disk full");
            var ended = File.ReadAllText(directory.ManifestFile);
            Thread.Sleep(5);

            Assert.Equal(ended, File.ReadAllText(directory.ManifestFile));
            var manifest = directory.ReadManifest();
            Assert.Equal((RunExit.Failed, "disk full", (long?)attempt), (manifest.Exit, manifest.Error, manifest.Steps));
        }
    }

    [Fact]
    public void After_a_folder_that_can_not_be_written_for_a_while_it_goes_on()
    {
        var directory = Started();
        var (path, away) = (directory.Path, directory.Path + "-away");
        using var heartbeat = new RunHeartbeat(directory, RunManifestTests.Sample, Soon);
        Directory.Move(path, away);
        Thread.Sleep(50);
        Directory.Move(away, path);
        heartbeat.Recorded(7);

        WaitFor(directory, manifest => manifest.Steps == 7);
    }

    private RunDirectory Started()
    {
        var directory = RunDirectory.Create(folder.Path, "beating");
        directory.WriteManifest(RunManifestTests.Sample);
        return directory;
    }

    private static RunManifest WaitFor(RunDirectory directory, Func<RunManifest, bool> seen)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (directory.ReadManifest() is var manifest && seen(manifest)) return manifest;
            Assert.True(clock.Elapsed < Patience, "It is not written.");
            Thread.Sleep(1);
        }
    }
}
