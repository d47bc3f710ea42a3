using System.Text.Json.Nodes;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>The variants of a study, as they are written and read.</summary>
public class StudySectionTests
{
    private const string SharedKeys = "device, precision, denormals, threads, cudaGraphs, seeds, members, data, model, training, gradients, checkpoint, verdict";

    [Fact]
    public void A_variant_is_laid_over_the_file_and_under_environment_and_command_line()
    {
        using var file = new ExperimentFile("""
            {
              "name": "n", "threads": 2, "model": { "depth": 3, "width": 4 }, "training": { "epochs": 3 },
              "study": { "variants": {
                "wide, short": { "model": { "width": 8 }, "training": { "steps": 50 } },
                "deep": { "model": { "depth": 9, "width": 5 } }
              } }
            }
            """);
        var study = file.Load(["--model:width", "6"], ["GRADTORCH__threads=4"]);
        Assert.Equal(["wide, short", "deep"], study.Study.Variants.All.Select(variant => variant.Name));
        Assert.Equal(new ModelSection { Depth = 3, Width = 6 }, study.Model);
        var (wide, deep) = (study.Study.Variants.All[0].Experiment, study.Study.Variants.All[1].Experiment);
        Assert.Equal(new ModelSection { Depth = 3, Width = 6 }, wide.Model);
        Assert.Equal((null, 50), (wide.Training.Epochs, wide.Training.Steps));
        Assert.Equal(new ModelSection { Depth = 9, Width = 6 }, deep.Model);
        Assert.Equal((3, null), (deep.Training.Epochs, deep.Training.Steps));
        Assert.All([wide, deep], variant => Assert.Equal(("n", new ThreadCount(4), new StudySection()), (variant.Name, variant.Threads, variant.Study)));
        Assert.Equal(8, file.Load().Study.Variants.All[0].Experiment.Model.Width);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "study": {} }""")]
    [InlineData("""{ "study": { "variants": {} } }""")]
    public void Without_variants_an_experiment_is_what_it_was(string json)
    {
        using var file = new ExperimentFile(json);
        Assert.Equal(new Experiment(), file.Load());
    }

    [Fact]
    public void All_that_is_wrong_in_the_file_and_in_its_variants_comes_at_once_by_line()
    {
        using var file = new ExperimentFile("""
            {
              "study": { "variants": {
                "relu": { "model": { "activation": {
                  "forward": "rleu" } } },
                "named": { "name": "other",
                           "output": "elsewhere",
                           "study": { "variants": { "inner": {} } } },
                "steep": { "modle": { "depth": 3 } },
                "fast": { "training": { "optimizer": { "nesterov": true } } },
                "both": { "training": { "epochs": 1,
                                        "steps": 2 } },
                "varied": { "members": { "vary": { "model:init:gain": [0] } } },
                "list": [1]
              }, "grids": {} },
              "threads": 0
            }
            """);
        Assert.Equal(
            [
                "x.json:4: study:variants:relu:model:activation:forward: 'rleu' is not an activation; allowed: "
                + $"{string.Join(", ", GradTorch.Activations.ActivationRegistry.Names)}; did you mean 'relu'?",
                $"x.json:5: study:variants:named:name: not allowed in a variant, for all variants of a study share it; allowed: {SharedKeys}",
                $"x.json:6: study:variants:named:output: not allowed in a variant, for all variants of a study share it; allowed: {SharedKeys}",
                $"x.json:7: study:variants:named:study: not allowed in a variant, for all variants of a study share it; allowed: {SharedKeys}",
                $"x.json:8: study:variants:steep:modle: unknown key; allowed: {SharedKeys}; did you mean 'model'?",
                "x.json:9: study:variants:fast:training:optimizer:nesterov: found true, but momentum is 0; allowed: true with a "
                + "momentum above 0, or false",
                "x.json:11: study:variants:both:training:steps: given together with training:epochs (line 10); keep one",
                "x.json:12: study:variants:varied:members:vary:model:init:gain: value 1 of 1: found 0; allowed: a finite number above 0",
                $"x.json:13: study:variants:list: found a list; allowed: a section with the keys {SharedKeys}",
                "x.json:14: study:grids: unknown key; allowed: variants, grid; did you mean 'grid'?",
                "x.json:15: threads: found 0; allowed: an integer from 1 to 1024, or 'auto'",
                "command line: model:depth: found '0'; allowed: an integer from 1 to 100000",
            ],
            file.Errors(["--model:depth", "0"]));
    }

    [Fact]
    public void A_rule_that_only_a_variant_breaks_elsewhere_names_the_variant()
    {
        using var file = new ExperimentFile("""
            {
              "training": { "optimizer": { "nesterov": true, "momentum": 0.9 } },
              "study": { "variants": { "a": {}, "b": { "training": { "optimizer": { "momentum": 0 } } } } }
            }
            """);
        Assert.Equal(
            [
                "x.json:2: training:optimizer:nesterov: found true, but momentum is 0; allowed: true with a momentum above 0, "
                + "or false (in the variant 'b')",
            ],
            file.Errors());
    }

    [Theory]
    [InlineData("[]", "study: found a list; allowed: a section with the keys variants, grid")]
    [InlineData("""{ "variants": [] }""", "study:variants: found a list; allowed: a section with a section for each variant")]
    [InlineData("""{ "variants": { "a": null } }""", "study:variants:a: found null; allowed: a section with the keys " + SharedKeys)]
    [InlineData("""{ "variants": { "a:b": {} } }""", "study:variants: found the name 'a:b'; allowed: 1 to 100 characters with a letter or digit among them and without ':'")]
    [InlineData("""{ "variants": { " + ": {} } }""", "study:variants: found the name ' + '; allowed: 1 to 100 characters with a letter or digit among them and without ':'")]
    [InlineData("""{ "variants": { "a\n": {} } }""", "study:variants: found the name 'a\\u000a'; allowed: 1 to 100 characters with a letter or digit among them and without ':'")]
    [InlineData("""{ "variants": { "a": {}, "A": {} } }""", "study:variants:A: given twice, first in line 1; keep one")]
    public void A_study_is_a_section_of_named_sections(string study, string message)
    {
        using var file = new ExperimentFile($$"""{ "study": {{study}} }""");
        Assert.Equal([$"x.json:1: {message}"], file.Errors());
    }

    [Theory]
    [InlineData("--study:variants:a:model:depth")]
    [InlineData("--study:variants")]
    public void Variants_are_written_in_the_file(string option)
    {
        using var file = new ExperimentFile("""{ "study": { "variants": { "a": {} } } }""");
        Assert.StartsWith(
            "command line: study:variants", Assert.Single(file.Errors([option, "3"])), StringComparison.Ordinal);
        Assert.EndsWith(
            "variants are written in the file; to change a key of all of them write --model:depth VALUE",
            Assert.Single(file.Errors([option, "3"])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_JSON_is_one_error_however_many_variants_there_are()
    {
        using var file = new ExperimentFile("""{ "study": { "variants": { "a": {}, "b": { x } } } }""");
        Assert.StartsWith("x.json:1:44: not valid JSON", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var file = new ExperimentFile("""
            {
              "name": "n", "training": { "steps": 7 },
              "members": { "vary": { "training:optimizer:lr": [0.1, 0.2] } },
              "study": { "variants": {
                "tanh + \"skip\"": { "training": { "epochs": 2 } },
                "ä": { "training": { "optimizer": { "lr": 0.3 } }, "members": { "vary": { "model:init:gain": [1, 2] } } }
              } }
            }
            """);
        var experiment = file.Load();
        Assert.Equal(["model:init:gain"], experiment.Study.Variants.All[1].Experiment.Members.Vary.Keys.Select(key => key.Path));
        using var again = new ExperimentFile(ExperimentWriter.ToJson(experiment));
        Assert.Equal(experiment, again.Load());
    }

    [Fact]
    public void The_schema_of_a_variant_is_that_of_the_experiment_without_what_variants_share()
    {
        var variant = JsonNode.Parse(ExperimentSchema.ToJson())!["properties"]!["study"]!["properties"]!["variants"]!["additionalProperties"]!;
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{ "$ref": "#", "properties": { "$schema": false, "name": false, "output": false, "study": false } }"""),
            variant));
    }
}
