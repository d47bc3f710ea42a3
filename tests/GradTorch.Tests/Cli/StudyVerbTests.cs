using System.Globalization;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>Studies from the command line, on small made images.</summary>
public sealed class StudyVerbTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private const string Variants = """
        "tanh": {},
        "relu + he": { "model": { "activation": { "forward": "relu" }, "init": { "kind": "he-normal" } } },
        "two rates": { "members": { "vary": { "training:optimizer:lr": [0.05, 0.005] } } }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_variant_is_trained_into_a_folder_of_its_own_and_one_document_has_them_all()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("run", Study(Variants), "--model:width=12", "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var study = invoked.Json;
        Assert.Equal(("small", "finished"), (study.GetProperty("name").GetString(), study.GetProperty("exit").GetString()));
        Assert.Equal(0, study.GetProperty("not_trained").GetArrayLength());
        var variants = study.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal(["tanh", "relu + he", "two rates"], variants.Select(variant => variant.GetProperty("variant").GetString()));
        Assert.Equal(
            [folder.File("small", "tanh", "001"), folder.File("small", "relu-+-he", "001"), folder.File("small", "two-rates", "001")],
            variants.Select(variant => DirectoryOf(variant).Path));
        Assert.All(variants, variant =>
        {
            var directory = DirectoryOf(variant);
            Assert.Equal(variant.GetProperty("variant").GetString(), directory.ReadManifest().Variant);
            var config = JsonDocument.Parse(File.ReadAllText(directory.ConfigFile)).RootElement;
            Assert.Equal(12, config.GetProperty("model").GetProperty("width").GetInt32());
            Assert.Empty(config.GetProperty("study").GetProperty("variants").EnumerateObject());
        });
        Assert.Contains("small: variant 2 of 3, relu + he: 2 members of ", invoked.Error);
        Assert.Contains("small: variant 3 of 3, two rates: 4 members of ", invoked.Error);
    }

    [Fact]
    public void A_target_is_compared_at_the_end_and_asked_for_before_anything_is_trained()
    {
        var file = Study(Variants);
        var comparison = Invoked.With("run", file, "--target", "accuracy=0", "--json").Json.GetProperty("comparison");

        Assert.Equal("accuracy", comparison.GetProperty("target").GetProperty("measure").GetString());
        Assert.All(comparison.GetProperty("variants").EnumerateArray(), variant => Assert.True(variant.GetProperty("steps_to_target").GetDouble() > 0));
        var elsewhere = folder.File("elsewhere");
        foreach (var (arguments, message) in new[]
        {
            ((string[])["--target", "acc=1"], "--target: found 'acc=1'"), (["--target", "loss=1", "--variant", "tanh"], "--target is for the comparison of several variants"),
        })
        {
            var refused = Invoked.With(["run", file, "--output", elsewhere, .. arguments]);
            Assert.Equal(ExitCode.BadInput, refused.Exit);
            Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(elsewhere));
    }

    [Fact]
    public void The_document_agrees_with_the_databases()
    {
        var study = Invoked.With("run", Study(Variants), "--json").Json;
        foreach (var variant in study.GetProperty("variants").EnumerateArray())
        {
            using var database = RunDatabaseReader.Open(DirectoryOf(variant).DatabaseFile);
            var losses = database.Evaluations().Where(row => row.Step == 12).Select(row => row.Loss).Order().ToList();
            var spread = variant.GetProperty("test_loss");
            Assert.Equal(losses[0], spread.GetProperty("min").GetDouble());
            Assert.Equal(losses[^1], spread.GetProperty("max").GetDouble());
            Assert.Equal(
                (losses[(losses.Count - 1) / 2] + losses[losses.Count / 2]) / 2, spread.GetProperty("median").GetDouble(), 1e-12);
            Assert.Equal(losses.Count, spread.GetProperty("count").GetInt32());
        }
        var groups = study.GetProperty("variants")[2].GetProperty("run").GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal([0.05, 0.005], groups.Select(group => group.GetProperty("varied").GetProperty("learning_rate").GetDouble()));
        Assert.Equal([0, 1, 2, 3], groups.SelectMany(group => group.GetProperty("members").EnumerateArray()).Select(member => member.GetInt32()));
        using var rates = RunDatabaseReader.Open(DirectoryOf(study.GetProperty("variants")[2]).DatabaseFile);
        var gradients = rates.LayerGradients().Where(row => row.Step == 10 && row.Layer == 1 && row.Member >= 2)
            .Select(row => row[LayerQuantity.WeightGradient]).ToList();
        Assert.Equal(
            (gradients[0] + gradients[1]) / 2,
            groups[1].GetProperty("weight_gradient").GetProperty("first_hidden").GetDouble(), 1e-12);
    }

    [Fact]
    public void People_get_the_variants_side_by_side()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("run", Study(Variants));

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Empty(invoked.Error);
        Assert.Matches(@"\n relu \+ he +\d+\.\d % +\d\.\d+ +healthy +\d+\.?\d* +×\d\.\d+ ", invoked.Output);
        Assert.Matches(@"\n two rates, learning_rate 0\.005 +\d+\.\d % ", invoked.Output);
        Assert.Matches(@"\ntanh (is better than|is worse than|and) relu \+ he: (undecided, )?accuracy [+-]?\d", invoked.Output);
        Assert.Contains("; 2 common seeds; paired t-test, p = ", invoked.Output);
        Assert.EndsWith($"run directory: {folder.File("small", "two-rates", "001")}{Environment.NewLine}", invoked.Output);
    }

    [Fact]
    public void Interrupted_it_keeps_and_lists_what_is_done()
    {
        var invoked = Invoked.InterruptedAt(
            "variant 2 of 3", "run", Study(Variants), "--training:steps", "2000", "--gradients:flush", "10", "--json");

        Assert.Equal(ExitCode.Interrupted, invoked.Exit);
        Assert.Equal("interrupted", invoked.Json.GetProperty("exit").GetString());
        var variants = invoked.Json.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal(
            [("tanh", "finished"), ("relu + he", "interrupted")],
            variants.Select(variant => (
                variant.GetProperty("variant").GetString(), variant.GetProperty("run").GetProperty("exit").GetString())));
        Assert.InRange(variants[1].GetProperty("run").GetProperty("steps").GetInt32(), 0, 1);
        Assert.Equal("two rates", Assert.Single(invoked.Json.GetProperty("not_trained").EnumerateArray()).GetString());
        Assert.Equal(RunExit.Interrupted, DirectoryOf(variants[1]).ReadManifest().Exit);
        Assert.False(Directory.Exists(folder.File("small", "two-rates")));
    }

    [Fact]
    public void Nothing_is_trained_before_all_variants_are_planned()
    {
        var invoked = Invoked.With(
            "run", Study("""
                "good": {}, "large": { "data": { "batch": 60001 } }, "larger": { "data": { "batch": 60002 } }
                """));

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("study:variants:large:data:batch: found 60001, more than the 600 training examples", invoked.Error);
        Assert.Contains("study:variants:larger:data:batch: found 60002", invoked.Error);
        Assert.False(Directory.Exists(folder.File("small")));
    }

    [Fact]
    public void A_variant_that_fails_leaves_those_before_it()
    {
        // Where the second variant's folder belongs there is a file.
        folder.Write(Path.Combine("small", "second"), []);
        var invoked = Invoked.With("run", Study("""
            "first": {}, "second": {}, "third": {}
            """));

        Assert.Equal(ExitCode.Failed, invoked.Exit);
        Assert.StartsWith($"error: No run directory can be made in {folder.File("small", "second")}", invoked.Error);
        Assert.Contains("not trained: second, third", invoked.Output);
        Assert.Equal(RunExit.Finished, RunDirectory.Open(folder.File("small", "first", "001")).ReadManifest().Exit);
    }

    [Fact]
    public void Data_that_are_not_there_are_known_before_anything_is_trained()
    {
        var invoked = Invoked.With("run", Study($$"""
            "good": {}, "nowhere": { "data": { "path": {{JsonSerializer.Serialize(folder.File("nowhere"))}} } }
            """));

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("(data:path)", invoked.Error);
        Assert.False(Directory.Exists(folder.File("small")));
    }

    [Fact]
    public void One_variant_can_be_picked()
    {
        var invoked = Invoked.With("run", Study(Variants), "--variant=relu + he", "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Equal(folder.File("small", "relu-+-he", "001"), invoked.Json.GetProperty("directory").GetString());
        Assert.Equal([folder.File("small", "relu-+-he")], Directory.GetDirectories(folder.File("small")));
        Assert.Equal(ExitCode.Done, Invoked.With("probe", Study(Variants), "--variant", "tanh", "--json").Exit);
    }

    [Theory]
    [InlineData("'relu' is not a variant of small; allowed: tanh, relu + he, two rates; did you mean 'relu + he'?", "run", "--variant", "relu")]
    [InlineData("--variant needs its value: --variant NAME, only this variant of the experiment's study", "run", "--variant")]
    [InlineData("small is a study, of which probe takes one variant: --variant NAME; allowed: tanh, relu + he, two rates", "probe")]
    [InlineData("'--varaint' is not an option; did you mean '--variant'?", "run", "--varaint", "tanh")]
    public void A_variant_is_one_of_the_study(string message, string verb, params string[] options)
    {
        var invoked = Invoked.With([verb, Study(Variants), .. options]);

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Equal($"error: {message}{Environment.NewLine}", invoked.Error);
        Assert.False(Directory.Exists(folder.File("small")));
    }

    [Fact]
    public void A_single_run_has_no_variants_to_pick()
    {
        var invoked = Invoked.With("check", Path.Combine(ConfigsFolder.Path, "smoke.json"), "--variant", "a");

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("--variant a: smoke has no variants (study:variants); leave the option out", invoked.Error);
    }

    [Fact]
    public void Names_that_would_share_a_folder_are_refused()
    {
        var invoked = Invoked.With("check", Study("""
            "a b": {}, "A-B": {}
            """));

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("study:variants:A-B: its runs would share the folder 'a-b' with those of 'a b'", invoked.Error);
    }

    [Fact]
    public void The_plan_has_every_variant_and_the_sum()
    {
        using var culture = new CommaDecimal();
        var lines = Invoked.With("check", Study(Variants)).Output.Split(Environment.NewLine);

        Assert.Contains("variant 3 of 3, two rates", lines);
        Assert.Contains($"output       {folder.File("small", "two-rates")}", lines);
        Assert.Contains("members      4, seeds 0 to 1", lines);
        Assert.Contains("             training:optimizer:lr 0.05, 0.005", lines);
        Assert.Contains("             cross: 2 combinations, each with 2 seeds", lines);
        Assert.Contains(lines, line => line.StartsWith("in all 3 variants, one after another: 8 members, 36 steps, ", StringComparison.Ordinal));

        var plans = Invoked.With("check", Study(Variants), "--json").Json.GetProperty("variants").EnumerateArray().ToList();
        Assert.Equal([2, 2, 4], plans.Select(plan => plan.GetProperty("plan").GetProperty("members").GetInt32()));
        Assert.Equal("relu", plans[1].GetProperty("config").GetProperty("model").GetProperty("activation").GetProperty("forward").GetString());
    }

    [Fact]
    public void A_label_that_is_no_class_is_told_before_any_variant_is_trained()
    {
        foreach (var file in Directory.GetFiles(images.Made)) File.Copy(file, Path.Combine(Directory.CreateDirectory(folder.File("bad")).FullName, Path.GetFileName(file)));
        var labels = Directory.GetFiles(folder.File("bad"), "t10k-labels*").Single();
        var bytes = File.ReadAllBytes(labels);
        bytes[^1] = 200;
        File.WriteAllBytes(labels, bytes);
        var invoked = Invoked.With("run", Study($$""""
            "right": {}, "wrong": { "data": { "path": {{JsonSerializer.Serialize(folder.File("bad"))}} } }
            """"));

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Contains("200", invoked.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("small")));
    }

    /// <summary>Two members of four hidden layers, 12 steps, with these variants.</summary>
    private string Study(string variants)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "name": "small", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.Path)}}, "seeds": { "count": 2 },
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "model": { "depth": 4, "width": 8 },
              "training": { "steps": 12, "optimizer": { "lr": 0.05 } },
              "gradients": { "every": 2, "flush": 4 },
              "study": { "variants": { {{variants}} } }
            }
            """);
        var path = folder.File("experiment.json");
        File.WriteAllText(path, text);
        return path;
    }

    private static RunDirectory DirectoryOf(JsonElement variant) =>
        RunDirectory.Open(variant.GetProperty("run").GetProperty("directory").GetString()!);
}
