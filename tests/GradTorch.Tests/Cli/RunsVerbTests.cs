using System.Text.Json;
using System.Text.Json.Nodes;
using GradTorch.Analysis;
using GradTorch.Cli;
using GradTorch.Configuration;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>Lists of real small runs: three of other depths that finished, one that was interrupted, one that failed, one whose process
/// is gone, and one of a version that did not write which process it was.</summary>
public sealed class RunsVerbTests(RunsVerbTests.Runs runs) : IClassFixture<RunsVerbTests.Runs>
{
    [Fact]
    public void Every_run_is_listed_with_what_became_of_it_the_newest_first()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("runs", runs.Folder, "--json");
        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));

        var listed = Listed(invoked);
        Assert.Equal(
            [("before", "unknown"), ("killed", "died"), ("broken", "failed"), ("stopped", "interrupted"), ("deep", "finished"), ("shallow", "finished")],
            listed.Select(run => (Text(run, "name"), Text(run, "state"))));
        Assert.Equal(
            [24L, 24, 21, 22, 40, 40], listed.Select(run => run.GetProperty("steps").GetInt64()));
        Assert.Equal("the terminal is gone", Text(listed[2], "error"));
        Assert.All(listed, run => Assert.Equal(3, run.GetProperty("members").GetInt32()));
    }

    [Fact]
    public void Loss_accuracy_and_verdicts_are_those_of_the_summary_from_the_manifest_and_from_the_database()
    {
        foreach (var run in Listed(Invoked.With("runs", runs.Folder, "--json")))
        {
            var directory = RunDirectory.Open(Text(run, "directory")!);
            var summary = RunSummary.Read(directory);
            Assert.Equal(directory.ReadManifest().Result is null, Text(run, "name") is "killed" or "before");
            Assert.Equal(Median.Of(summary.Tests.Select(test => test.Loss)), run.GetProperty("loss").GetDouble());
            Assert.Equal(Median.Of(summary.Tests.Select(test => test.Accuracy!.Value)), run.GetProperty("accuracy").GetDouble());
            Assert.Equal(3, new[] { "vanishing", "healthy", "exploding" }.Sum(fate => run.GetProperty(fate).GetInt32()));
            Assert.Equal(summary.Verdicts!.Members[0].Last.Fate.ToString(), Text(run, "verdict"), ignoreCase: true);
        }
    }

    [Fact]
    public void People_get_a_line_for_each_and_are_told_what_died_and_what_failed()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("runs", runs.Folder);
        var lines = invoked.Output.Split('\n');

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Matches("^name +state +steps +members +diverged +test loss +accuracy +verdict +device +started +time +directory$", lines[0]);
        Assert.Matches(@"^deep +finished +40 +3 +0 +\d\.\d+ +\d+\.\d % +healthy +cpu +20\d\d-\d\d-\d\d \d\d:\d\d +\d+\.\d s +.*deep.001$", lines[6]);
        Assert.Matches(@"^killed +died +24 of 40 +3 ", lines[3]);
        Assert.Contains(lines, line => line.Contains("died, its process is gone; the last step recorded is 24; to go on: gradtorch resume ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("failed: the terminal is gone; the last step recorded is 21", StringComparison.Ordinal));
        Assert.Equal("6 runs: 2 finished, 1 interrupted, 1 failed, 1 died, 1 unknown", lines[^2]);
    }

    [Fact]
    public void Runs_are_picked_and_ordered_by_any_column_and_key()
    {
        Assert.Equal(["killed"], Names("--where", "state=died"));
        Assert.Equal(["deep", "stopped", "broken", "killed", "before"], Names("--where", "model:depth=4", "--sort", "start"));
        Assert.Equal(["shallow"], Names("--where", "model:depth=2", "--where", "state=finished"));
        Assert.Equal("shallow", Names("--sort", "model:depth")[0]);
        Assert.Equal(["before", "broken", "deep", "killed", "shallow", "stopped"], Names("--sort", "name"));
        Assert.Equal("stopped", Names("--sort", "-name")[0]);
        Assert.Empty(Names("--where", "steps>1e9"));
        Assert.Equal($"no run is left of 6 runs: 2 finished, 1 interrupted, 1 failed, 1 died, 1 unknown{Environment.NewLine}", Invoked.With("runs", runs.Folder, "--where", "state=lost").Output);
    }

    [Fact]
    public void What_differs_is_told_of_those_listed_only()
    {
        var finished = Listed(Invoked.With("runs", runs.Folder, "--where", "state=finished", "--differences", "--json"));
        Assert.Equal(
            ["deep: model:depth 4", "shallow: model:depth 2"],
            finished.Select(run => $"{Text(run, "name")}: {string.Join(", ", run.GetProperty("differences").EnumerateObject().Select(own => $"{own.Name} {own.Value}"))}"));
        Assert.All(
            Listed(Invoked.With("runs", runs.Of("deep"), "--differences", "--json")), run => Assert.Empty(run.GetProperty("differences").EnumerateObject()));
        Assert.Contains("their configurations are the same", Invoked.With("runs", runs.Of("deep"), "--differences").Output);
        Assert.Matches(@"directory +model:depth +training:steps\n", Invoked.With("runs", runs.Folder, "--differences").Output);
        Assert.False(Listed(Invoked.With("runs", runs.Folder, "--json"))[0].TryGetProperty("differences", out _));
    }

    [Fact]
    public void Damaged_runs_are_named_and_left_out()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(runs.Of("deep"), "good", "001");
        folder.Copy(runs.Of("deep"), "no-database", "001");
        File.Delete(folder.File("no-database", "001", "run.db"));
        folder.Copy(runs.Of("killed"), "broken", "001");
        File.WriteAllBytes(folder.File("broken", "001", "run.db"), [1, 2, 3]);
        folder.Copy(runs.Of("deep"), "half-written", "001");
        File.WriteAllText(folder.File("half-written", "001", "manifest.json"), "{");
        folder.Copy(runs.Of("deep"), "no-manifest", "001");
        File.Delete(folder.File("no-manifest", "001", "manifest.json"));
        var invoked = Invoked.With("runs", folder.Path, "--json");

        Assert.Equal((ExitCode.Done, folder.File("good", "001")), (invoked.Exit, Text(Assert.Single(Listed(invoked)), "directory")));
        Assert.Equal(4, invoked.Error.Split("warning: left out: ").Length - 1);
        Assert.All(["no-database", "broken", "half-written", "no-manifest"], name => Assert.Contains(folder.File(name, "001"), invoked.Error));

        File.WriteAllText(folder.File("good", "001", "config.json"), "{");
        Assert.Single(Listed(Invoked.With("runs", folder.Path, "--json")));
        var byKey = Invoked.With("runs", folder.Path, "--json", "--sort", "model:depth");
        Assert.Equal((ExitCode.Done, 0), (byKey.Exit, Listed(byKey).Count));
        Assert.Contains($"left out: {folder.File("good", "001", "config.json")} can't be read", byKey.Error);
    }

    /// <summary>Where runs are shown, not only where they are listed.</summary>
    [Fact]
    public void Compare_says_of_runs_that_did_not_finish_what_became_of_them()
    {
        var invoked = Invoked.With("compare", runs.Folder, "--where", "state=died", "--json");

        Assert.Equal("killed", Text(Assert.Single(invoked.Json.GetProperty("variants").EnumerateArray()), "variant"));
        Assert.Equal(4, invoked.Error.Split("warning: ").Length - 1);
        Assert.Contains($"warning: {runs.Of("killed")} died, its process is gone; the last step recorded is 24; to go on: gradtorch resume {runs.Of("killed")}{Environment.NewLine}", invoked.Error);
        Assert.Contains($"warning: {runs.Of("stopped")} was interrupted; the last step recorded is 21; to go on: gradtorch resume {runs.Of("stopped")}{Environment.NewLine}", invoked.Error);
        Assert.Contains($"warning: {runs.Of("before")} runs or died, which its manifest of an earlier version does not tell", invoked.Error);
    }

    [Theory]
    [InlineData("nowhere is not a folder; give a run directory, or a folder with runs below it", "nowhere")]
    [InlineData("'b' is not expected here; usage: gradtorch runs [DIR] [--where COLUMN=VALUE] [--sort COLUMN] [--differences] [--json]", "a", "b")]
    [InlineData("--where: found 'state'; allowed: COLUMN=VALUE, with one of = != < > <= >= between, as in model:depth=50", ".", "--where", "state")]
    [InlineData("--sort: found 'los'; allowed: name, variant, state, steps, planned_steps, members, diverged, loss, accuracy, verdict, vanishing, healthy, exploding, device, start, seconds, error, directory, a key such as model:depth; did you mean 'loss'?", ".", "--sort", "-los")]
    [InlineData("--where: found 'model:dpeth'; allowed: name, variant, state, steps, planned_steps, members, diverged, loss, accuracy, verdict, vanishing, healthy, exploding, device, start, seconds, error, directory, a key such as model:depth; did you mean 'model:depth'?", ".", "--where", "model:dpeth=3")]
    public void What_can_t_be_asked_for_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        Invoked.With(["runs", .. arguments]).AssertRefused(message);

    [Fact]
    public void A_folder_without_a_run_is_told()
    {
        using var folder = new TemporaryFolder();
        var invoked = Invoked.With("runs", folder.Path);

        Assert.Equal(ExitCode.Failed, invoked.Exit);
        Assert.Contains($"{folder.Path} has no run in it", invoked.Error);
    }

    private static List<JsonElement> Listed(Invoked invoked) => [.. invoked.Json.GetProperty("runs").EnumerateArray()];

    private static string? Text(JsonElement run, string name) => run.GetProperty(name).GetString();

    private List<string?> Names(params string[] options) =>
        [.. Listed(Invoked.With(["runs", runs.Folder, "--json", .. options])).Select(run => Text(run, "name"))];

    /// <summary>Trained once for all, in this order.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, string> _directories = [];

        public Runs()
        {
            using var images = new SmallImages();
            var small = StudyRun.Small(images, Folder);
            Keep("shallow", StudyRun.Of(small with { Name = "shallow", Model = small.Model with { Depth = 2 } }).Directory);
            Keep("deep", StudyRun.Of(small with { Name = "deep" }).Directory);
            var endless = small with { Training = small.Training with { Steps = 10_000_000 } };
            Keep("stopped", Stopped(endless with { Name = "stopped" }));
            Assert.Throws<InvalidOperationException>(() => StudyRun.Of(
                endless with { Name = "broken" }, new StudyListener { OnRecorded = record => Throw(record.ScalarSteps[^1] >= 20) }));
            Keep("broken", RunDirectory.Open(_folder.File("broken", "001")));
            Keep("killed", Unended(small with { Name = "killed" }, withProcess: true));
            Keep("before", Unended(small with { Name = "before" }, withProcess: false));
        }

        public string Folder => _folder.Path;

        public string Of(string name) => _directories[name];

        public void Dispose() => _folder.Dispose();

        private void Keep(string name, RunDirectory directory) => _directories.Add(name, directory.Path);

        private static void Throw(bool now)
        {
            if (now) throw new InvalidOperationException("the terminal is gone");
        }

        private static RunDirectory Stopped(Experiment experiment)
        {
            using var stop = new CancellationTokenSource();
            return StudyRun.Of(experiment, new StudyListener { OnRecorded = record => StopAt(record.ScalarSteps[^1]) }, cancellation: stop.Token).Directory;

            void StopAt(long step)
            {
                if (step >= 20) stop.Cancel();
            }
        }

        /// <summary>A run of 25 steps that says it has more to do, as a kill leaves it: with the manifest of a time when it went on.</summary>
        private static RunDirectory Unended(Experiment experiment, bool withProcess)
        {
            var run = StudyRun.Of(experiment with { Training = experiment.Training with { Steps = 24 } });
            var manifest = JsonNode.Parse(run.Directory.ReadManifest().ToJson())!.AsObject();
            (manifest["exit"], manifest["end"], manifest["result"]) = ("running", null, null);
            (manifest["steps"], manifest["plannedSteps"], manifest["heartbeat"]) = (7, 40, manifest["start"]!.DeepClone());
            manifest["process"]!["started"] = 1;
            foreach (var name in withProcess ? [] : new[] { "process", "heartbeat", "steps", "plannedSteps", "result" }) manifest.Remove(name);
            File.WriteAllText(run.Directory.ManifestFile, manifest.ToJsonString());
            return run.Directory;
        }
    }
}
