using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>Exports of the small runs that <see cref="RunsVerbTests"/> lists, of which four did not finish.</summary>
public sealed class ExportVerbTests(RunsVerbTests.Runs runs) : IClassFixture<RunsVerbTests.Runs>, IDisposable
{
    private static readonly string[] Tables = ["evaluation", "layer_gradient", "member", "scalar"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_of_a_run_go_into_its_folder_and_are_listed()
    {
        using var culture = new CommaDecimal();
        var run = folder.Copy(runs.Of("deep"), "deep", "001");
        var invoked = Invoked.With("export", run, "--csv", "--parquet");

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        string[] files = [.. Tables.SelectMany(table => (string[])[$"{table}.csv", $"{table}.parquet"]).Order()];
        Assert.Equal(files, Directory.GetFiles(Path.Combine(run, "export")).Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Contains(Path.Combine("deep", "001", "export", file), invoked.Output));
        Assert.Matches(@"\nscalar +480 +\d+\.\d kB +\S+scalar\.csv\n", invoked.Output);
    }

    [Fact]
    public void Several_runs_go_into_folders_of_their_own_and_one_into_the_folder_itself()
    {
        var invoked = Invoked.With("export", runs.Folder, "--parquet", "--out", folder.File("tables"), "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Equal(4, invoked.Error.Split("warning: ").Length - 1);
        Assert.Contains($"warning: {runs.Of("killed")} died, its process is gone; the last step recorded is 24; to go on: gradtorch resume {runs.Of("killed")}{Environment.NewLine}", invoked.Error);
        var exported = invoked.Json.GetProperty("runs").EnumerateArray().ToDictionary(run => Text(run, "directory"));
        foreach (var name in new[] { "before", "broken", "deep", "killed", "shallow", "stopped" })
        {
            var run = exported[runs.Of(name)];
            Assert.Equal(folder.File("tables", name, "001"), Text(run, "folder"));
            Assert.Equal(Tables, run.GetProperty("files").EnumerateArray().Select(file => Text(file, "what")));
            Assert.All(Tables, table => Assert.True(File.Exists(folder.File("tables", name, "001", $"{table}.parquet"))));
        }
        Invoked.With("export", Path.GetDirectoryName(runs.Of("deep"))!, "--csv", "--out", folder.File("one"));
        Assert.True(File.Exists(folder.File("one", "scalar.csv")));
    }

    [Fact]
    public void Damaged_runs_are_named_and_left_out()
    {
        folder.Copy(runs.Of("deep"), "good", "001");
        folder.Copy(runs.Of("deep"), "broken", "001");
        File.WriteAllBytes(folder.File("broken", "001", "run.db"), [1, 2, 3]);
        folder.Copy(runs.Of("deep"), "half-written", "001");
        File.WriteAllText(folder.File("half-written", "001", "manifest.json"), "{");
        folder.Copy(runs.Of("deep"), "cut", "001");
        using (var database = File.OpenWrite(folder.File("cut", "001", "run.db"))) database.SetLength(database.Length / 2);
        var invoked = Invoked.With("export", folder.Path, "--parquet", "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Equal(folder.File("good", "001"), Text(Assert.Single(invoked.Json.GetProperty("runs").EnumerateArray()), "directory"));
        Assert.Equal(3, invoked.Error.Split("warning: left out: ").Length - 1);
        Assert.All(["broken", "half-written", "cut"], name => Assert.Contains(folder.File(name, "001"), invoked.Error));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));

        var none = Invoked.With("export", folder.File("broken"), "--parquet");
        Assert.Equal(ExitCode.Failed, none.Exit);
        Assert.EndsWith($"error: No run is left that can be exported.{Environment.NewLine}", none.Error);
    }

    [Fact]
    public void Weights_are_those_of_the_newest_checkpoint_that_is_whole()
    {
        var run = RunDirectory.Open(folder.Copy(runs.Of("deep"), "deep", "001"));
        var none = Invoked.With("export", run.Path, "--weights");
        Assert.Equal(ExitCode.Failed, none.Exit);
        Assert.Contains($"left out: {run.Path} has no checkpoint, and with it no weights", none.Error);

        using var images = new SmallImages();
        var experiment = StudyRun.Small(images, folder.Path);
        run.WriteConfig(ExperimentWriter.ToJson(experiment));
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(experiment);
        var state = TrainingState.Of(prepared.Model.Visit);
        run.Checkpoints.Write(30, new SafetensorsFile(new Dictionary<string, string>(), state), keep: 2);
        run.Checkpoints.Write(40, new SafetensorsFile(new Dictionary<string, string>(), state), keep: 2);
        File.WriteAllText(run.Checkpoints.FileOf(40), "damaged");
        var invoked = Invoked.With("export", run.Path, "--weights", "--out", folder.File("out"));

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Contains($"warning: {run.Checkpoints.FileOf(40)}", invoked.Error);
        Assert.Equal(["model.py", "weights-0.safetensors", "weights-1.safetensors", "weights-2.safetensors"], Directory.GetFiles(folder.File("out")).Select(Path.GetFileName).Order());
        var file = SafetensorsFile.Read(folder.File("out", "weights-2.safetensors"));
        Assert.Equal(("30", "7"), (file.Metadata["step"], file.Metadata["seed"]));
        Assert.Equal(HostCopy.Bytes(prepared.Model.Layers[0].Linear.Weight[2].t()), file.Tensors["hidden1.weight"].Data.ToArray());
        Assert.Matches(@"\nweights of member 2 +– +\d+\.\d kB ", invoked.Output);

        var started = Invoked.With(
            "run", run.ConfigFile, "--model:init:kind", "file", "--model:init:path", folder.File("out", "weights-{member}.safetensors"), "--training:steps", "1", "--json");
        Assert.Equal((ExitCode.Done, ""), (started.Exit, started.Error.Contains("error", StringComparison.Ordinal) ? started.Error : ""));
        var wrong = Invoked.With(
            "run", run.ConfigFile, "--model:init:kind", "file", "--model:init:path", folder.File("out", "weights-0.safetensors"), "--model:depth", "3", "--name", "wrong");
        Assert.Equal(ExitCode.BadInput, wrong.Exit);
        Assert.Equal(2, wrong.Error.Split("which this network has not").Length - 1);
        Assert.False(Directory.Exists(folder.File("wrong")));
    }

    [Fact]
    public void Interrupted_it_keeps_what_is_complete()
    {
        // The warning of the run that died comes before its export.
        var invoked = Invoked.InterruptedAt("died", "export", runs.Of("killed"), "--csv", "--out", folder.File("out"), "--json");

        Assert.Equal(ExitCode.Interrupted, invoked.Exit);
        Assert.Contains("interrupted; the files that were written are complete", invoked.Error);
        Assert.Empty(Assert.Single(invoked.Json.GetProperty("runs").EnumerateArray()).GetProperty("files").EnumerateArray());
        Assert.Empty(Directory.GetFiles(folder.File("out")));
    }

    [Theory]
    [InlineData("export needs DIR, a run directory or a folder with runs below it, as in: gradtorch export runs/smoke/001 --parquet")]
    [InlineData("export needs what to write; allowed: --parquet, --csv, --weights, one or more of them", ".")]
    [InlineData("'--parqet' is not an option; did you mean '--parquet'?", ".", "--parqet")]
    [InlineData("nowhere is not a folder; give a run directory, or a folder with runs below it", "nowhere", "--csv")]
    public void What_can_t_be_asked_for_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        Invoked.With(["export", .. arguments]).AssertRefused(message);

    [Fact]
    public void A_folder_in_one_that_is_not_there_is_not_made_and_a_file_is_no_folder()
    {
        Invoked.With("export", runs.Of("deep"), "--csv", "--out", folder.File("none", "tables")).AssertRefused($"--out: there is no folder {folder.File("none")}; make it first");
        var file = folder.Write("taken", []);
        Invoked.With("export", runs.Of("deep"), "--csv", "--out", file).AssertRefused($"--out: {file} is a file; give a folder");
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
