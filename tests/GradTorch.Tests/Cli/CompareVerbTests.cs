using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>Comparisons of real small runs: three seeds of tanh and relu nets of two depths.</summary>
public sealed class CompareVerbTests(CompareVerbTests.Runs runs) : IClassFixture<CompareVerbTests.Runs>
{
    [Fact]
    public void A_folder_of_runs_is_one_document()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("compare", runs.Folder, "--json", "--target", "accuracy=0");

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Equal("accuracy", invoked.Json.GetProperty("measure").GetString());
        var variants = invoked.Json.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal(["tanh 4", "relu 4", "tanh 2", "relu 2"], variants.Select(variant => variant.GetProperty("variant").GetString()));
        Assert.All(variants, variant =>
        {
            using var database = RunDatabaseReader.Open(Path.Combine(variant.GetProperty("directory").GetString()!, "run.db"));
            var last = database.Evaluations().Where(row => row.Step == 40).ToList();
            Assert.Equal(last.Average(row => row.Accuracy!.Value), variant.GetProperty("accuracy").GetDouble(), 1e-12);
            Assert.Equal(last.Average(row => row.Loss), variant.GetProperty("loss").GetDouble(), 1e-12);
            Assert.Equal((3, 0, 40), (Int(variant, "members"), Int(variant, "diverged"), Int(variant, "steps")));
            Assert.Equal((3, 15.0), (Int(variant, "reached_target"), variant.GetProperty("steps_to_target").GetDouble()));
            Assert.Equal(3, Int(variant, "vanishing") + Int(variant, "healthy") + Int(variant, "exploding"));
        });
        var pairs = invoked.Json.GetProperty("pairs").EnumerateArray().ToList();
        Assert.Equal(6, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal((3, 0), (Int(pair, "seeds"), Int(pair, "unpaired"))));
    }

    [Fact]
    public void People_get_a_table_and_a_sentence_for_each_pair()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("compare", runs.Of("tanh 4"), runs.Of("relu 2"));

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Matches(@"\n tanh 4 +\d+\.\d % +\d\.\d+ +healthy +\d+\.?\d* +×\d\.\d+ +0 of 3 +\d+\.\d s\n +\[-?\d+\.\d %, \d+\.\d %\] +\[-?\d\.\d+, \d\.\d+\] +×0\.\d+\n", invoked.Output);
        Assert.Matches(@"\ntanh 4 (is better than|is worse than|and) relu 2: (undecided, )?accuracy [+-]?\d+\.?\d* points \[[+-]", invoked.Output);
        Assert.Contains("; 3 common seeds; paired t-test, p = 0.", invoked.Output);
    }

    [Fact]
    public void Rows_are_picked_and_ordered_by_any_column_and_key()
    {
        Assert.Equal(
            ["relu 2", "tanh 2"], Names("--where", "model:depth=2", "--sort", "model:activation:forward"));
        Assert.Equal(["tanh 4", "tanh 2"], Names("--where", "model:activation:forward!=relu", "--sort", "-model:depth"));
        Assert.Empty(Names("--where", "loss>1e9"));
        double[] losses = [.. Table("--sort", "-loss").Select(row => double.Parse(row[8], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(losses.OrderDescending(), losses);
    }

    [Fact]
    public void A_grid_is_read_by_its_keys()
    {
        var invoked = Invoked.With(
            "compare", runs.Folder, "--rows", "model:activation:forward", "--columns", "model:depth", "--cell", "steps", "--format", "markdown");

        Assert.Equal(
            "| steps: model:activation:forward by model:depth | 2 | 4 |\n| --- | ---: | ---: |\n| relu | 40 | 40 |\n| tanh | 40 | 40 |\n",
            invoked.Output);
    }

    [Fact]
    public void Markdown_is_a_table_and_a_list()
    {
        var lines = Invoked.With("compare", runs.Folder, "--format", "markdown").Output.Split('\n');

        Assert.StartsWith("| variant | accuracy 95 % interval | test loss", lines[0]);
        Assert.StartsWith("| --- | ---: | ---: |", lines[1]);
        Assert.Equal(7, lines.Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Damaged_runs_are_named_and_left_out()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(runs.Of("tanh 4"), "good", "001");
        folder.Copy(runs.Of("tanh 4"), "no-database", "001");
        File.Delete(folder.File("no-database", "001", "run.db"));
        folder.Copy(runs.Of("tanh 4"), "broken", "001");
        File.WriteAllBytes(folder.File("broken", "001", "run.db"), [1, 2, 3]);
        folder.Copy(runs.Of("tanh 4"), "half-written", "001");
        File.WriteAllText(folder.File("half-written", "001", "manifest.json"), "{");
        var invoked = Invoked.With("compare", folder.Path, "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Single(invoked.Json.GetProperty("variants").EnumerateArray());
        Assert.Equal(3, invoked.Error.Split("warning: left out: ").Length - 1);
        Assert.All(["no-database", "broken", "half-written"], name => Assert.Contains(folder.File(name, "001"), invoked.Error));
    }

    [Fact]
    public void Runs_of_the_same_name_are_told_apart_by_their_folders()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(runs.Of("tanh 4"), "a", "001");
        folder.Copy(runs.Of("tanh 4"), "b", "001");
        var names = Invoked.With("compare", folder.Path, "--json").Json.GetProperty("variants").EnumerateArray()
            .Select(variant => variant.GetProperty("variant").GetString()).ToList();

        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("tanh 4 (", name));
    }

    [Theory]
    [InlineData("compare needs DIR, a run directory or a folder with runs below it, as in: gradtorch compare runs/backward-of-relu")]
    [InlineData("nowhere is not a folder; give a run directory, or a folder with runs below it", "nowhere")]
    [InlineData("--target: found 'acc=3'; allowed: accuracy=VALUE with a number from 0 to 1, or loss=VALUE", ".", "--target", "acc=3")]
    [InlineData("--target: found 'accuracy=80'; allowed: accuracy=VALUE with a number from 0 to 1, or loss=VALUE", ".", "--target", "accuracy=80")]
    [InlineData("--by: found 'acuracy'; allowed: accuracy, loss, steps; did you mean 'accuracy'?", ".", "--by", "acuracy")]
    [InlineData("--by steps compares the steps to a target; give one, as in: --target accuracy=0.8", ".", "--by", "steps")]
    [InlineData("--where: found 'loss'; allowed: COLUMN=VALUE, with one of = != < > <= >= between, as in model:depth=50", ".", "--where", "loss")]
    [InlineData("--format: found 'cvs'; allowed: table, json, csv, markdown; did you mean 'csv'?", ".", "--format", "cvs")]
    [InlineData("--json asks for JSON and --format for csv; give one of them", ".", "--format", "csv", "--json")]
    [InlineData("a table by keys needs --rows KEY and --columns KEY", ".", "--rows", "model:depth")]
    public void What_can_t_be_asked_for_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        Invoked.With(["compare", .. arguments]).AssertRefused(message);

    [Fact]
    public void A_folder_without_a_run_is_told()
    {
        using var folder = new TemporaryFolder();
        var invoked = Invoked.With("compare", folder.Path);

        Assert.Equal(ExitCode.Failed, invoked.Exit);
        Assert.Contains($"{folder.Path} has no run in it", invoked.Error);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private IEnumerable<string> Names(params string[] options) => Table(options).Select(row => row[0]);

    private List<string[]> Table(params string[] options)
    {
        var invoked = Invoked.With(["compare", runs.Folder, "--format", "csv", .. options]);
        return [.. invoked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
    }

    /// <summary>Trained once for all.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, string> _directories = [];

        public Runs()
        {
            using var images = new SmallImages();
            foreach (var depth in new[] { 4, 2 })
            {
                foreach (var activation in new[] { "tanh", "relu" })
                {
                    var small = StudyRun.Small(images, Folder);
                    var run = StudyRun.Of(small with
                    {
                        Name = $"{activation}-{depth}",
                        Model = small.Model with { Depth = depth, Activation = new() { Forward = activation } },
                    });
                    var manifest = run.Directory.ReadManifest();
                    run.Directory.WriteManifest(manifest with { Variant = $"{activation} {depth}" });
                    _directories.Add($"{activation} {depth}", run.Directory.Path);
                }
            }
        }

        public string Folder => _folder.Path;

        public string Of(string variant) => _directories[variant];

        public void Dispose() => _folder.Dispose();
    }
}
