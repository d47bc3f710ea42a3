using System.Text;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Files that can't be read to their end.</summary>
public class FileErrorTests
{
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{", 1, 2)]
    [InlineData("{\n  \"model\": {\n    \"depth\": 3\n", 4, 1)]
    [InlineData("{\n  \"name\": x\n}", 2, 11)]
    [InlineData("{\n  \"name\" 3\n}", 2, 10)]
    [InlineData("{ \"output\": \"ä\" x }", 1, 17)]
    [InlineData("{ \"training\": { \"optimizer\": { \"lr\": NaN } } }", 1, 38)]
    [InlineData("{}\n{}", 2, 1)]
    [InlineData("{ \"name\": \"a\\ud800b\" }", 1, 11)]
    public void Malformed_JSON_is_reported_with_line_and_column(string json, int line, int column)
    {
        using var file = new ExperimentFile(json);
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => file.Load()).Errors);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"{file.Path}:{line}:{column}: not valid JSON: ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\r\n")]
    public void An_empty_file_is_told_in_words_of_a_user(string json)
    {
        using var file = new ExperimentFile(json);
        Assert.EndsWith("not valid JSON: the file is empty; the least of an experiment is {}", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_malformed()
    {
        using var file = new ExperimentFile([.. "{\n\"name\": \""u8, 0xff, .. "\"}"u8]);
        Assert.Equal(["x.json:2:9: not valid JSON: The text is not valid Unicode."], file.Errors());
    }

    [Fact]
    public void What_stands_before_the_malformed_place_is_checked_but_nothing_is_concluded_from_what_is_missing()
    {
        // flush follows after the break: that it is less than every must not be claimed.
        using var file = new ExperimentFile("""
            {
              "threads": 0,
              "gradients": { "every": 300, x "flush": 300 }
            }
            """);
        string[] errors = file.Errors();
        Assert.Equal(2, errors.Length);
        Assert.Equal("x.json:2: threads: found 0; allowed: an integer from 1 to 1024, or 'auto'", errors[0]);
        Assert.StartsWith("x.json:3:32: not valid JSON", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "found a list")]
    [InlineData("3", "found 3")]
    [InlineData("\"mlp\"", "found the text 'mlp'")]
    [InlineData("null", "found null")]
    public void A_file_holds_one_section(string json, string found)
    {
        using var file = new ExperimentFile("\n" + json);
        Assert.StartsWith(
            $"x.json:2: {found}; allowed: a section with the keys name, ", Assert.Single(file.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_its_neighbour_and_the_command_line_is_still_checked()
    {
        using var file = new ExperimentFile("{}");
        string neighbour = Path.Combine(file.Folder, "tanh-50.json");
        string missing = Path.Combine(file.Folder, "tahn-50.json");
        File.Move(file.Path, neighbour);
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentLoader.Load(missing, ["--threads", "0"], new Dictionary<string, string>()));
        Assert.Equal(
            [
                $"{missing}: there is no such file; did you mean '{neighbour}'?",
                "command line: threads: found '0'; allowed: an integer from 1 to 1024, or 'auto'",
            ],
            thrown.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("no-such-folder/x.json", "there is no such file")]
    [InlineData(".", "this is a folder; allowed: a JSON file")]
    public void A_path_that_is_no_file_is_one_error(string path, string message)
    {
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentLoader.Load(path, [], new Dictionary<string, string>()));
        Assert.Equal($"{path}: {message}", thrown.Message);
    }

    [Fact]
    public void Comments_trailing_commas_a_byte_order_mark_and_the_schema_key_are_allowed()
    {
        using var file = new ExperimentFile([.. Encoding.UTF8.Preamble, .. """
            // Which schema?
            {
              "$schema": "./experiment.schema.json", /* this one */
              "model": { "depth": 7, },
            }
            """u8]);
        Assert.Equal(7, file.Load().Model.Depth);
    }
}
