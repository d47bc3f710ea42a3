using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>Runs and studies that stopped, gone on with from the command line.</summary>
public sealed class ResumeVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_a_study_what_is_finished_stays_what_stopped_goes_on_and_what_is_missing_is_trained()
    {
        var config = Config(""", "study": { "variants": { "a": {}, "b c": { "model": { "depth": 2 } } }, "grid": { "model:width": [8, 12] } }""");
        Assert.Equal(ExitCode.Done, Invoked.With("run", config, "--output", folder.File("whole")).Exit);
        var stopped = Invoked.InterruptedAt("variant 2 of 4", "run", config, "--output", folder.File("stopped"), "--json");
        Assert.Equal(ExitCode.Interrupted, stopped.Exit);
        var study = folder.File("stopped", "small");
        Assert.Contains($"to go on: gradtorch resume {study}", stopped.Error, StringComparison.Ordinal);
        var finished = Assert.Single(RunDirectory.All(study), run => run.ReadManifest().Exit == RunExit.Finished);
        Assert.Equal("a, width 8", finished.ReadManifest().Variant);
        var unchanged = File.ReadAllText(finished.ManifestFile);

        var resumed = Invoked.With("resume", study, "--json");
        Assert.Equal(ExitCode.Done, resumed.Exit);
        Assert.Equal(
            ["a, width 8", "a, width 12", "b c, width 8", "b c, width 12"],
            resumed.Json.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("variant").GetString()));
        var (whole, all) = (RunDirectory.All(folder.File("whole")), RunDirectory.All(study));
        Assert.Equal(4, all.Count);
        Assert.All(whole.Zip(all), pair => Assert.Equal(StudyRun.DumpOf(pair.First), StudyRun.DumpOf(pair.Second)));
        Assert.All(whole.Zip(all), pair => Assert.Equal(pair.First.ReadManifest().Grid.Keys, pair.Second.ReadManifest().Grid.Keys));
        Assert.Equal(unchanged, File.ReadAllText(finished.ManifestFile));
    }

    [Fact]
    public void A_study_that_is_stopped_before_its_first_step_leaves_nothing()
    {
        var stopped = Invoked.InterruptedAtOnce("run", Config(""", "study": { "variants": { "a": {}, "b": {} } }"""), "--output", folder.File("runs"));
        Assert.Equal(ExitCode.Interrupted, stopped.Exit);
        Assert.Contains("interrupted before the first step; nothing was written", stopped.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void A_finished_run_stays_as_it_is()
    {
        Invoked.With("run", Config(), "--output", folder.Path);
        var run = folder.File("small", "001");
        var before = Contents(run);
        var resumed = Invoked.With("resume", run);
        Assert.Equal(ExitCode.Done, resumed.Exit);
        Assert.StartsWith($"{run} is finished; --training:epochs or --training:steps makes it longer", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(run));
    }

    [Fact]
    public void What_can_not_be_gone_on_with_is_told_and_left_as_it_is()
    {
        Invoked.With("run", Config(), "--output", folder.Path);
        var run = RunDirectory.Open(folder.File("small", "001"));
        var before = Contents(run.Path);
        Invoked.With("resume").AssertRefused("resume needs DIR, a run directory or the folder of a study, as in: gradtorch resume runs/smoke/001");
        Invoked.With("resume", "nowhere").AssertRefused("nowhere is not a folder; give a run directory, or the folder of a study");
        Invoked.With("resume", run.Path, "--model:depth", "9").AssertRefused(
            "experiment: model:depth: a run that is gone on with keeps its experiment; allowed: training:epochs and training:steps, to make it longer");
        Invoked.With("resume", run.Path, "--training:steps", "3").AssertRefused(
            "experiment: training: found 3 steps, and the run was to have 12; a run that is gone on with can be made longer, not shorter");
        Assert.Equal(before, Contents(run.Path));

        run.WriteManifest(run.ReadManifest() with { Exit = RunExit.Running, End = null, Process = RunProcess.Current, Heartbeat = DateTimeOffset.UtcNow });
        var refused = Invoked.With("resume", run.Path);
        Assert.Equal(ExitCode.Failed, refused.Exit);
        Assert.Contains($"{run.Path} is running, in process {Environment.ProcessId} on ", refused.Error, StringComparison.Ordinal);

        Invoked.With("run", Config(), "--output", folder.Path, "--name", "other");
        var several = Invoked.With("resume", folder.Path);
        Assert.Equal(ExitCode.BadInput, several.Exit);
        Assert.Contains("has runs of several experiments below it; give one of them: ", several.Error, StringComparison.Ordinal);
    }

    private static string[] Contents(string path) =>
        [.. Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order().Select(file => file + Convert.ToBase64String(File.ReadAllBytes(file)))];

    private string Config(string more = "")
    {
        var config = folder.File("small.json");
        File.WriteAllText(config, $$"""
            { "name": "small", "device": "cpu", "model": { "depth": 3, "width": 16 },
              "data": { "path": {{System.Text.Json.JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "training": { "steps": 12 }, "gradients": { "every": 1, "flush": 5 }{{more}} }
            """);
        return config;
    }
}
