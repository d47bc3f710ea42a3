using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Keys that only some sources use, lists, and where data:path is looked for.</summary>
public class DataSectionTests
{
    [Theory]
    [InlineData("form", "\"rows\"", "the text 'rows'", "csv", "fashion-mnist or mnist or cifar-10")]
    [InlineData("length", "20", "20", "mnist", "text or adding or copy-memory or temporal-order")]
    [InlineData("variableLength", "false", "false", "copy-memory", "adding")]
    [InlineData("path", "\"/data\"", "the text '/data'", "adding", "fashion-mnist or mnist or cifar-10 or csv or text")]
    [InlineData("target", "\"y\"", "the text 'y'", "text", "csv")]
    public void A_key_that_the_source_has_no_use_for_is_an_error(string key, string value, string found, string source, string users)
    {
        using var file = new ExperimentFile($$"""
            { "data": { "source": "{{source}}",
              "{{key}}": {{value}} } }
            """);
        Assert.Contains(
            $"x.json:2: data:{key}: found {found}, but data:source is {source}; allowed: only with data:source {users}", file.Errors());
    }

    [Fact]
    public void A_source_says_what_it_needs()
    {
        using var file = new ExperimentFile("""{ "data": { "source": "csv" } }""");
        Assert.Equal(
            ["x.json:1: data:path: not given, and csv needs it", "x.json:1: data:target: not given, and csv needs it"],
            file.Errors());
    }

    [Theory]
    [InlineData("""{ "source": "adding", "standardise": "feature" }""", "standardise: found feature, which does not suit adding; allowed: auto, none")]
    [InlineData("""{ "source": "temporal-order", "length": 9 }""", "length: found 9, too short for temporal-order; allowed: at least 10")]
    [InlineData("""{ "source": "csv", "path": "p", "target": "y", "testFraction": 1 }""", "testFraction: found 1; allowed: a finite number above 0 and below 1")]
    [InlineData("""{ "source": "csv", "path": "p", "target": "y", "delimiter": ";;" }""", "delimiter: found the text ';;'; allowed: one character, but no quotation mark or line break")]
    public void A_value_that_does_not_suit_the_source_is_an_error(string data, string error)
    {
        using var file = new ExperimentFile($$"""{ "data": {{data}} }""");
        Assert.Equal([$"x.json:1: data:{error}"], file.Errors());
    }

    [Fact]
    public void A_list_stands_in_brackets_in_a_file_and_between_commas_on_the_command_line()
    {
        using var file = new ExperimentFile("""
            { "data": { "source": "csv", "path": "p", "target": "y", "categorical": [ "a, b", /* and */ "ç", ] } }
            """);
        TextList expected = ["a, b", "ç"];
        Assert.Equal(expected, file.Load().Data.Categorical);
        TextList two = ["d", "e f"], none = [];
        Assert.Equal(two, file.Load(["--data:categorical", "d,e f"]).Data.Categorical);
        Assert.Equal(none, file.Load(["--data:categorical="]).Data.Categorical);
    }

    [Theory]
    [InlineData("[ \"a\", 3 ]", "found a list with '3'")]
    [InlineData("[ \"a\", [] ]", "found a list with '[]'")]
    [InlineData("[ \"\" ]", "found a list with ''")]
    [InlineData("\"a\"", "found the text 'a'")]
    public void What_is_no_list_of_texts_is_an_error(string json, string found)
    {
        using var file = new ExperimentFile(
            $$"""{ "data": { "source": "csv", "path": "p", "target": "y", "categorical": {{json}} } }""");
        Assert.Equal(
            [$"x.json:1: data:categorical: {found}; allowed: a list of texts that are not empty, on the command line separated by commas"],
            file.Errors());
    }

    [Fact]
    public void Data_may_lie_beside_the_experiment()
    {
        using var file = new ExperimentFile("""{ "data": { "source": "text", "path": "here.txt" } }""");
        Assert.Equal("here.txt", file.Load().Data.Path);
        File.WriteAllText(Path.Combine(file.Folder, "here.txt"), "text");
        Assert.Equal(Path.Combine(file.Folder, "here.txt"), file.Load().Data.Path);
    }

    [Fact]
    public void So_may_weights_to_start_from()
    {
        using var file = new ExperimentFile("""{ "model": { "init": { "kind": "file", "path": "w-{member}" } }, "study": { "variants": { "a": {} } } }""");
        Assert.Equal("w-{member}", file.Load().Model.Init.Path);
        File.WriteAllText(Path.Combine(file.Folder, "w-0"), "");
        Assert.Equal(Path.Combine(file.Folder, "w-{member}"), file.Load().Model.Init.Path);
        Assert.Equal(Path.Combine(file.Folder, "w-{member}"), file.Load().Study.Variants.All[0].Experiment.Model.Init.Path);
    }
}
