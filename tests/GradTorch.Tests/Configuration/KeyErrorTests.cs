namespace GradTorch.Tests.Configuration;

/// <summary>Keys that are not the experiment's, or are there twice.</summary>
public class KeyErrorTests
{
    private const string ActivationKeys = "forward, slope, negativeSlope, alpha, backward, backwardScale";

    [Theory]
    [InlineData("foward", "; did you mean 'forward'?")]
    [InlineData("negative_slope", "; did you mean 'negativeSlope'?")]
    [InlineData("momentum", "; did you mean 'training:optimizer:momentum'?")]
    [InlineData("kind", "")]
    [InlineData("colour", "")]
    [InlineData("", "")]
    public void An_unknown_key_is_named_with_those_allowed_and_the_nearest(string key, string suggestion)
    {
        using var file = new ExperimentFile($$"""
            {
              "model": { "activation": {
                "{{key}}": "relu"
              } }
            }
            """);
        Assert.Equal(
            [$"x.json:3: model:activation:{key}: unknown key; allowed: {ActivationKeys}{suggestion}"], file.Errors());
    }

    [Theory]
    [InlineData("grid", "; did you mean 'study:grid'?")]
    [InlineData("probe", "")]
    public void A_whole_unknown_section_is_one_error(string key, string suggestion)
    {
        using var file = new ExperimentFile($$"""{ "{{key}}": { "a": 1, "b": { "c": [2, 3] } }, "name": "n" }""");
        Assert.Equal(
            [
                $"x.json:1: {key}: unknown key; allowed: name, device, precision, denormals, threads, cudaGraphs, output, seeds, "
                + $"members, data, model, training, gradients, checkpoint, verdict, study{suggestion}",
            ],
            file.Errors());
    }

    [Theory]
    [InlineData("--model.activation.forward", "model.activation.forward", "model:activation:forward")]
    [InlineData("--modle:depth", "modle", "model")]
    [InlineData("--lr", "lr", "training:optimizer:lr")]
    public void An_unknown_option_is_told_the_nearest_path(string option, string path, string meant)
    {
        using var file = new ExperimentFile("{}");
        string error = Assert.Single(file.Errors([option, "3"]));
        Assert.StartsWith($"command line: {path}: unknown key; allowed: name, device, ", error, StringComparison.Ordinal);
        Assert.EndsWith($"; did you mean '{meant}'?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_environment_variable_is_named()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(
            ["environment variable GRADTORCH__seeds__cuont: seeds:cuont: unknown key; allowed: first, count; did you mean 'count'?"],
            file.Errors(environment: ["GRADTORCH__seeds__cuont=3"]));
    }

    [Fact]
    public void A_duplicate_key_is_an_error_in_any_case_and_spelt_canonically()
    {
        using var file = new ExperimentFile("""
            {
              "model": {
                "depth": 3,
                "DEPTH": 4
              },
              "Model": { "depth": 5 }
            }
            """);
        Assert.Equal(
            [
                "x.json:4: model:depth: given twice, first in line 3; keep one",
                "x.json:6: model: given twice, first in line 2; keep one",
            ],
            file.Errors());
    }

    [Fact]
    public void A_duplicate_option_or_variable_is_an_error()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(
            [
                "environment variable GRADTORCH__model__depth: model:depth: given twice, first by environment variable "
                + "GRADTORCH__MODEL__DEPTH; keep one",
                "command line: model:width: given twice; keep one",
            ],
            file.Errors(
                ["--model:width", "3", "--model:Width=4"],
                ["GRADTORCH__MODEL__DEPTH=3", "GRADTORCH__model__depth=4"]));
    }

    [Fact]
    public void A_path_is_no_key_in_a_file()
    {
        using var file = new ExperimentFile("""{ "model:depth": 3, "model": { "depth": 4 } }""");
        Assert.Equal(
            ["x.json:1: found the key 'model:depth'; in a file write sections inside each other"], file.Errors());
    }

    [Fact]
    public void In_a_grid_a_key_is_a_path_and_there_once_in_any_case()
    {
        using var file = new ExperimentFile("""
            { "study": { "grid": {
                "model:depth": [3],
                "Model:Depth": [4] } } }
            """);
        Assert.Equal(["x.json:3: study:grid:model:depth: given twice, first in line 2; keep one"], file.Errors());
    }

    [Fact]
    public void A_key_with_a_line_break_stays_on_one_line()
    {
        using var file = new ExperimentFile("""{ "seeds": { "a\nb": 3 } }""");
        Assert.Equal(["x.json:1: seeds:a\\u000ab: unknown key; allowed: first, count"], file.Errors());
    }

    [Theory]
    [InlineData(new[] { "--model:depth" }, "model:depth: its value is missing; write --model:depth VALUE")]
    [InlineData(new[] { "--model:Depth", "--model:width", "3" }, "model:depth: its value is missing; write --model:Depth VALUE")]
    [InlineData(new[] { "model:depth=3" }, "found 'model:depth=3'; allowed: --section:key value")]
    [InlineData(new[] { "-d", "--model:depth", "3" }, "found '-d'; allowed: --section:key value")]
    public void An_argument_that_is_no_option_with_a_value_is_an_error(string[] commandLine, string error)
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal([$"command line: {error}"], file.Errors(commandLine));
    }
}
