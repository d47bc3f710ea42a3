using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;

namespace GradTorch.Tests.Configuration;

/// <summary>The grid of a study, as it is written and read.</summary>
public sealed class StudyGridTests
{
    private const string Lr = "training:optimizer:lr";

    private const string Allowed = "keys with one value that a variant may set, as in model:depth";

    [Fact]
    public void Every_value_of_a_list_is_laid_over_the_file_with_every_one_of_the_others()
    {
        using var file = new ExperimentFile("""
            { "name": "n", "model": { "depth": 3, "width": 4 },
              "study": { "grid": { "model:depth": [5, 20], "model:activation:forward": ["tanh", "relu"] } } }
            """);
        var study = file.Load().Study;
        Assert.Equal(["depth 5, tanh", "depth 5, relu", "depth 20, tanh", "depth 20, relu"], study.Variants.All.Select(cell => cell.Name));
        Assert.Equal(
            [(5, "tanh"), (5, "relu"), (20, "tanh"), (20, "relu")],
            study.Variants.All.Select(cell => (cell.Experiment.Model.Depth, cell.Experiment.Model.Activation.Forward)));
        Assert.All(study.Variants.All, cell => Assert.Equal(("n", 4, new StudySection()), (cell.Experiment.Name, cell.Experiment.Model.Width, cell.Experiment.Study)));
        Assert.Equal([new("model:depth", 20), new("model:activation:forward", "tanh")], study.Variants.All[2].Grid);
        Assert.Equal(["""{"model:depth":[5,20]}""", """{"model:activation:forward":["tanh","relu"]}"""], study.Grid.Select(Json));
    }

    [Fact]
    public void Each_variant_is_crossed_with_it()
    {
        using var file = new ExperimentFile("""
            { "study": {
              "grid": { "model:depth": [4, 6] },
              "variants": { "plain": {}, "skip": { "model": { "kind": "residual", "skip": { "every": 2 } } } } } }
            """);
        Assert.Equal(
            [("plain, depth 4", "mlp", 4), ("plain, depth 6", "mlp", 6), ("skip, depth 4", "residual", 4), ("skip, depth 6", "residual", 6)],
            file.Load().Study.Variants.All.Select(cell => (cell.Name, cell.Experiment.Model.Kind, cell.Experiment.Model.Depth)));
    }

    /// <summary>The net of the file alone, 5 layers with a skip over every 2, would be refused.</summary>
    [Fact]
    public void What_is_trained_follows_the_rules_and_not_what_it_is_made_of()
    {
        using var file = new ExperimentFile("""
            { "model": { "kind": "residual", "skip": { "every": 2 } }, "study": { "grid": { "model:depth": [4, 6] } } }
            """);
        Assert.Equal([4, 6], file.Load().Study.Variants.All.Select(cell => cell.Experiment.Model.Depth));
    }

    [Fact]
    public void A_key_of_the_file_need_be_of_use_in_one_cell_only()
    {
        using var file = new ExperimentFile("""
            { "training": { "epochs": 3, "optimizer": { "momentum": 0.9 } },
              "study": { "grid": { "training:optimizer:kind": ["sgd", "adam"], "training:steps": [7] },
                         "variants": { "a": { "model": { "skip": { "every": 5 } } } } } }
            """);
        Assert.Equal(
            ["x.json:3: study:variants:a:model:skip:every: found 5, but model:kind is mlp; allowed: only with model:kind residual"],
            file.Errors());
        var cells = file.Load(["--study:grid:model:kind", "mlp,residual"]).Study.Variants.All;
        Assert.Equal(["a, sgd, mlp", "a, sgd, residual", "a, adam, mlp", "a, adam, residual"], cells.Select(cell => cell.Name));
        Assert.Equal([0.9, 0.9, 0, 0], cells.Select(cell => cell.Experiment.Training.Optimizer.Momentum));
        Assert.Equal([1, 5, 1, 5], cells.Select(cell => cell.Experiment.Model.Skip.Every));
        Assert.All(cells, cell => Assert.Equal((null, 7), (cell.Experiment.Training.Epochs, cell.Experiment.Training.Steps)));
    }

    [Fact]
    public void Environment_and_command_line_give_lists_with_commas_and_the_stronger_one_wins()
    {
        using var file = new ExperimentFile("""{ "study": { "grid": { "model:depth": [5, 20] } } }""");
        Assert.Equal(
            ["depth 5, width 8", "depth 5, width 16", "depth 20, width 8", "depth 20, width 16"],
            Names(file.Load(environment: ["GRADTORCH__study__grid__model__width=8, 16"])));
        Assert.Equal(["depth 2", "depth 3"], Names(file.Load(["--study:grid:model:depth", "2,3"], ["GRADTORCH__study__grid__model__depth=1,9"])));
    }

    [Fact]
    public void A_stronger_source_that_gives_the_key_or_what_excludes_it_takes_the_list_away()
    {
        using var file = new ExperimentFile($$"""
            { "members": { "vary": { "model:init:gain": [1, 2] } },
              "study": { "grid": { "training:steps": [5, 20], "{{Lr}}": [0.1, 0.2] }, "variants": { "a": { "model": { "depth": 2 } } } } }
            """);
        var study = file.Load(["--training:epochs", "1", $"--{Lr}=0.3"]).Study;
        Assert.Equal(("a", 0.3, 1), (study.Variants.All[0].Name, study.Variants.All[0].Experiment.Training.Optimizer.Lr, study.Variants.All[0].Experiment.Training.Epochs));
        Assert.Empty(study.Grid);
        Assert.Equal(["a, steps 5", "a, steps 20"], Names(file.Load([$"--members:vary:{Lr}", "0.1,0.2"])));
        // The grid of a stronger source wins over a variant and over what members vary.
        var cells = file.Load(["--study:grid:model:depth", "3", "--study:grid:model:init:gain", "3,4"]).Study.Variants.All;
        Assert.All(cells, cell => Assert.Equal((3, MemberVariation.None), (cell.Experiment.Model.Depth, cell.Experiment.Members.Vary)));
    }

    [Fact]
    public void All_that_is_wrong_comes_at_once_by_line()
    {
        using var file = new ExperimentFile("""
            { "members": { "vary": { "training:optimizer:lr": [0.1, 0.2] } },
              "study": { "variants": { "deep": { "model": { "depth": 9 } } }, "grid": {
                "model:depth": [5],
                "model:dept": [1],
                "depth": [1],
                "model:width": [8, 0],
                "model:activation:forward": ["tanh", "rleu"],
                "model:norm": [],
                "model:dropout": 0.5,
                "model:init": { "gain": [1] },
                "name": ["a"],
                "data:categorical": [["a"]],
                "members:vary:model:init:gain": [1],
                "training:optimizer:lr": [0.1],
                "threads": [1, "1"],
                "training:epochs:x": [1] } },
              "device": "gpu"
            }
            """);
        Assert.Equal(
            [
                "x.json:2: study:variants:deep:model:depth: given together with study:grid:model:depth (line 3); keep one",
                $"x.json:4: study:grid:model:dept: unknown key; allowed: {Section.Experiment.Child("model") switch { Section model => model.Keys, _ => "" }}; did you mean 'depth'?",
                $"x.json:5: study:grid:depth: unknown key; allowed: {Section.Variant.Keys}; did you mean 'model:depth'?",
                "x.json:6: study:grid:model:width: value 2 of 2: found 0; allowed: an integer from 1 to 1000000",
                "x.json:7: study:grid:model:activation:forward: value 2 of 2: 'rleu' is not an activation; allowed: "
                + $"{string.Join(", ", GradTorch.Activations.ActivationRegistry.Names)}; did you mean 'relu'?",
                "x.json:8: study:grid:model:norm: found an empty list; allowed: a list of values, each none, batch, layer",
                "x.json:9: study:grid:model:dropout: found 0.5; allowed: a list of values, each a finite number of at least 0 and below 1",
                "x.json:10: study:grid:model:init: model:init is a section; allowed: the path of one of its keys, as in model:init:kind",
                $"x.json:11: study:grid:name: name can't be in a grid; allowed: {Allowed}",
                $"x.json:12: study:grid:data:categorical: data:categorical can't be in a grid; allowed: {Allowed}",
                $"x.json:13: study:grid:members:vary:model:init:gain: members:vary:model:init:gain can't be in a grid; allowed: {Allowed}",
                "x.json:14: study:grid:training:optimizer:lr: given together with members:vary:training:optimizer:lr (line 1); keep one",
                "x.json:15: study:grid:threads: found 1 2 times; allowed: each value once",
                $"x.json:16: study:grid:training:epochs:x: unknown key; allowed: {Allowed}; did you mean 'training:epochs'?",
                "x.json:17: device: found the text 'gpu'; allowed: auto, cpu, cuda, cuda:N with N from 0 to 999",
                "command line: study:grid:seeds:count: value 2 of 2: found 'x'; allowed: an integer from 1 to 2147483647",
            ],
            file.Errors(["--study:grid:seeds:count", "1,x"]));
    }

    [Theory]
    [InlineData("[1]", "found a list")]
    [InlineData("3", "found 3")]
    public void It_is_a_section(string json, string found)
    {
        using var file = new ExperimentFile($$"""{ "study": { "grid": {{json}} } }""");
        Assert.Equal([$"x.json:1: study:grid: {found}; allowed: a section with lists for {Allowed}"], file.Errors());
    }

    [Fact]
    public void A_rule_that_some_cells_break_is_one_error_that_names_them()
    {
        using var file = new ExperimentFile("""
            { "model": { "kind": "residual", "skip": { "every": 5 } },
              "study": { "grid": {
                "model:depth": [5, 6],
                "model:activation:forward": ["tanh", "relu"],
                "model:activation:slope": [1, 2] } } }
            """);
        const string Slope = ", but model:activation:forward is relu; allowed: only with model:activation:forward tanh (in the variants";
        Assert.Equal(
            [
                "x.json:1: model:skip:every: found 5, which does not divide the depth 6; allowed: 1, 2, 3, 6 (in the variants "
                + "'depth 6, tanh, slope 1', 'depth 6, tanh, slope 2', 'depth 6, relu, slope 1' and 1 more)",
                $"x.json:5: study:grid:model:activation:slope: found 1{Slope} 'depth 5, relu, slope 1', 'depth 6, relu, slope 1')",
                $"x.json:5: study:grid:model:activation:slope: found 2{Slope} 'depth 5, relu, slope 2', 'depth 6, relu, slope 2')",
            ],
            file.Errors());
    }

    [Fact]
    public void A_rule_that_all_cells_break_names_none()
    {
        using var file = new ExperimentFile("""
            { "training": { "optimizer": { "nesterov": true } }, "study": { "grid": { "model:depth": [5, 6] } } }
            """);
        const string Nesterov = "training:optimizer:nesterov: found true, but momentum is 0; allowed: true with a momentum above 0, or false";
        Assert.Equal([$"x.json:1: {Nesterov}"], file.Errors());
        using var excluding = new ExperimentFile("""{ "study": { "grid": { "training:epochs": [1, 2], "training:steps": [5] } } }""");
        Assert.Equal(["x.json:1: study:grid:training:steps: given together with training:epochs (line 1); keep one"], excluding.Errors());
    }

    [Fact]
    public void Runs_are_not_without_number()
    {
        string many = string.Join(", ", Enumerable.Range(1, 101));
        using var file = new ExperimentFile($$"""{ "study": { "grid": { "model:depth": [{{many}}], "seeds:first": [{{many}}] } } }""");
        Assert.Equal(["x.json:1: study:grid:model:depth: the lists make 101 × 101 runs; allowed: up to 10000 in all"], file.Errors());
        using var variants = new ExperimentFile($$"""{ "study": { "variants": { "a": {}, "b": {} }, "grid": { "model:depth": [{{many}}], "seeds:first": [{{many}}] } } }""");
        Assert.Equal(
            ["x.json:1: study:grid:model:depth: the lists make 101 × 101 runs of each of 2 variants; allowed: up to 10000 in all"], variants.Errors());
    }

    [Fact]
    public void What_is_written_are_the_variants_that_it_makes()
    {
        using var file = new ExperimentFile("""
            { "training": { "optimizer": { "momentum": 0.9 } },
              "study": { "variants": { "b": {}, "a": { "model": { "width": 3 } } },
                         "grid": { "model:skip:scale": [1, "1/sqrt(depth)"], "model:kind": ["residual"], "training:optimizer:kind": ["adam", "sgd"] } } }
            """);
        var experiment = file.Load();
        using var again = new ExperimentFile(ExperimentWriter.ToJson(experiment));
        Assert.Equal(
            experiment.Study.Variants.All.Select(cell => (cell.Name, cell.Experiment)),
            again.Load().Study.Variants.All.Select(cell => (cell.Name, cell.Experiment)));
        Assert.Equal(file.Load(), experiment);
    }

    [Fact]
    public void The_schema_has_a_list_for_every_key_with_one_value_that_a_variant_may_set()
    {
        var grid = JsonNode.Parse(ExperimentSchema.ToJson())!["properties"]!["study"]!["properties"]!["grid"]!;
        var keys = grid["properties"]!.AsObject().Select(key => key.Key).ToHashSet();
        Assert.Subset(keys, new HashSet<string> { "device", "seeds:count", "data:source", "model:depth", Lr, "training:optimizer:nesterov", "gradients:every" });
        Assert.DoesNotContain("name", keys);
        Assert.DoesNotContain("data:categorical", keys);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "description": "Number of hidden layers.", "type": ["array", "null"],
                  "items": { "type": "integer", "minimum": 1, "maximum": 100000 }, "minItems": 1, "uniqueItems": true, "default": null }
                """),
            grid["properties"]!["model:depth"]), grid["properties"]!["model:depth"]!.ToJsonString());
    }

    private static string[] Names(Experiment experiment) => [.. experiment.Study.Variants.All.Select(cell => cell.Name)];

    private static string Json(GridKey key) =>
        new JsonObject { [key.Path] = new JsonArray([.. key.Values.Select(value => value.ToJson())]) }.ToJsonString();
}
