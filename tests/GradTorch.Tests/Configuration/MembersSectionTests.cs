using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;

namespace GradTorch.Tests.Configuration;

/// <summary>What members of an ensemble vary, as it is written and read.</summary>
public class MembersSectionTests
{
    private const string Lr = "training:optimizer:lr";
    private const string Gain = "model:init:gain";

    private static string Keys { get; } = string.Join(", ", Section.Variation.Lists.Select(list => list.Item.Path));

    [Fact]
    public void Lists_are_read_in_the_order_of_the_file_and_every_combination_counts_the_last_key_fastest()
    {
        using var file = Vary($$"""{ "{{Lr}}": [0.1, 1e-2], "{{Gain}}": [1, 2.5, 3] }""");
        var members = file.Load().Members;
        Assert.Equal(new MemberVariation(new VariedKey(Lr, [0.1, 0.01]), new VariedKey(Gain, [1, 2.5, 3])), members.Vary);
        Assert.Equal(6, members.CombinationCount);
        Assert.Equal(
            [[0.1, 1], [0.1, 2.5], [0.1, 3], [0.01, 1], [0.01, 2.5], [0.01, 3]], members.Combinations().Select(values => values.ToArray()));
    }

    [Fact]
    public void Zip_walks_the_lists_together()
    {
        using var file = Vary($$"""{ "{{Lr}}": [0.1, 0.1, 0.01], "{{Gain}}": [1, 2, 1] }, "combine": "zip" """);
        var members = file.Load().Members;
        Assert.Equal(3, members.CombinationCount);
        Assert.Equal([[0.1, 1], [0.1, 2], [0.01, 1]], members.Combinations().Select(values => values.ToArray()));
    }

    [Fact]
    public void Nothing_to_vary_is_one_combination_without_values()
    {
        foreach (var combine in Enum.GetValues<Combination>())
        {
            var members = new MembersSection { Combine = combine };
            Assert.Equal(1, members.CombinationCount);
            Assert.Empty(Assert.Single(members.Combinations()));
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    public void On_the_command_line_commas_separate_the_values_in_any_culture(string name)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            using var file = Vary($$"""{ "{{Lr}}": [0.5] }""");
            string[] option = [$"--members:vary:{Lr}", "0.1,0.01, 1e-3"];
            Assert.Equal(new MemberVariation(new VariedKey(Lr, [0.1, 0.01, 0.001])), file.Load(option).Members.Vary);
            Assert.Equal(
                new MemberVariation(new VariedKey(Lr, [0.5]), new VariedKey(Gain, [2])),
                file.Load(environment: ["GRADTORCH__members__vary__model__init__gain=2"]).Members.Vary);
            Assert.Equal(
                [$"command line: members:vary:{Lr}: value 2 of 2: found '0;01'; allowed: a finite number above 0"],
                file.Errors([$"--members:vary:{Lr}=0.1,0;01"]));
            Assert.Equal(
                [$"command line: members:vary:{Lr}: found 0.25 2 times; allowed: each value once"],
                file.Errors([$"--members:vary:{Lr}=0.25,0.25"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("[0.1, 0]", "value 2 of 2: found 0; allowed: a finite number above 0")]
    [InlineData("[\"0.1\"]", "value 1 of 1: found the text '0.1'; allowed: a finite number above 0")]
    [InlineData("[0.1, [0.2]]", "value 2 of 2: found a list; allowed: a finite number above 0")]
    [InlineData("[{ \"a\": 1 }]", "value 1 of 1: found a section; allowed: a finite number above 0")]
    [InlineData("[1e400]", "value 1 of 1: found 1e400; allowed: a finite number above 0")]
    [InlineData("[null]", "value 1 of 1: found null; allowed: a finite number above 0")]
    [InlineData("[]", "found an empty list; allowed: a list of values, each a finite number above 0")]
    [InlineData("0.1", "found 0.1; allowed: a list of values, each a finite number above 0")]
    [InlineData("{ \"a\": 1 }", "found a section; allowed: a list of values, each a finite number above 0")]
    [InlineData("[0.1, 0.2, 0.1]", "found 0.1 2 times; allowed: each value once")]
    public void A_value_is_what_the_key_itself_would_take(string list, string message)
    {
        using var file = new ExperimentFile($$"""
            {
              "members": { "vary": {
                "{{Lr}}": {{list}} } }
            }
            """);
        Assert.Equal([$"x.json:3: members:vary:{Lr}: {message}"], file.Errors());
    }

    [Theory]
    [InlineData("model:depth", "model:depth can't differ between members; allowed: {0}")]
    [InlineData("seeds:first", "seeds:first can't differ between members; allowed: {0}")]
    [InlineData("training:optimiser:lr", "unknown key; allowed: {0}; did you mean 'training:optimizer:lr'?")]
    [InlineData("lr", "unknown key; allowed: {0}; did you mean 'training:optimizer:lr'?")]
    [InlineData("colour", "unknown key; allowed: {0}")]
    [InlineData("model", "unknown key; allowed: {0}")]
    public void Only_what_can_be_a_tensor_varies(string key, string message)
    {
        using var file = new ExperimentFile($$"""
            {
              "members": { "vary": {
                "{{key}}": [1, 2] } }
            }
            """);
        Assert.Equal(
            [$"x.json:3: members:vary:{key}: {string.Format(CultureInfo.InvariantCulture, message, Keys)}"], file.Errors());
    }

    [Theory]
    [InlineData("[1, 2]", "found a list")]
    [InlineData("3", "found 3")]
    public void What_varies_is_a_section(string json, string found)
    {
        using var file = Vary(json);
        Assert.Equal([$"x.json:1: members:vary: {found}; allowed: a section with lists for the keys {Keys}"], file.Errors());
    }

    [Fact]
    public void A_key_is_there_once_in_any_case()
    {
        using var file = Vary("""{ "training:optimizer:lr": [0.1], "Training:Optimizer:LR": [0.2] }""");
        Assert.Equal([$"x.json:1: members:vary:{Lr}: given twice, first in line 1; keep one"], file.Errors());
    }

    [Fact]
    public void Zipped_lists_have_one_length()
    {
        using var file = new ExperimentFile($$"""
            { "members": { "combine": "zip", "vary": {
                "{{Lr}}": [0.1, 0.01],
                "{{Gain}}": [1, 2, 3],
                "model:init:biasVariance": [0, 1] } } }
            """);
        Assert.Equal(
            [
                $"x.json:3: members:vary:{Gain}: found 3 values, but {Lr} has 2; allowed with zip, which walks the lists "
                + "together: lists of one length",
            ],
            file.Errors());
    }

    [Fact]
    public void Zipped_lists_make_no_combination_twice()
    {
        using var file = Vary($$"""{ "{{Lr}}": [0.1, 0.2, 0.1], "{{Gain}}": [1, 2, 1] }, "combine": "zip" """);
        Assert.Equal(
            [
                $"x.json:1: members:vary:{Lr}: value 3 of each list makes the same members (0.1, 1) as value 1; "
                + "allowed: each combination once",
            ],
            file.Errors());
    }

    [Fact]
    public void Combinations_are_not_without_number()
    {
        string many = string.Join(", ", Enumerable.Range(1, 400));
        using var file = Vary($$"""{ "{{Lr}}": [{{many}}], "{{Gain}}": [{{many}}] }""");
        Assert.Equal(
            [$"x.json:1: members:vary:{Lr}: the lists make 400 × 400 combinations; allowed: up to 100000"], file.Errors());
    }

    [Fact]
    public void A_stronger_source_that_gives_the_key_itself_takes_its_list_away()
    {
        using var file = new ExperimentFile($$"""
            { "training": { "optimizer": { "lr": 3 } }, "members": { "vary": { "{{Lr}}": [0.1, 0.2], "{{Gain}}": [1, 2] } } }
            """);
        Assert.Equal([Lr, Gain], file.Load().Members.Vary.Keys.Select(key => key.Path));
        var experiment = file.Load([$"--{Lr}", "0.5"]);
        Assert.Equal([Gain], experiment.Members.Vary.Keys.Select(key => key.Path));
        Assert.Equal(0.5, experiment.Training.Optimizer.Lr);
    }

    [Fact]
    public void A_list_of_what_is_not_in_use_is_refused()
    {
        using var file = Vary("""{ "training:clip:threshold": [0.5, 1] }""");
        Assert.Equal(
            [
                "x.json:1: members:vary:training:clip:threshold: found a list, but training:clip:kind is none; allowed: only "
                + "with training:clip:kind norm or value",
            ],
            file.Errors());
        Assert.Equal(2, file.Load(["--training:clip:kind", "norm", "--members:vary:training:clip:threshold", "1,2"]).Members.CombinationCount);
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var file = Vary($$"""{ "{{Lr}}": [0.1, 5e-324], "{{Gain}}": [0.30000000000000004, 2] }, "combine": "zip" """);
        var experiment = file.Load();
        string json = ExperimentWriter.ToJson(experiment);
        Assert.Contains("\"training:optimizer:lr\": [", json);
        using var again = new ExperimentFile(json);
        Assert.Equal(experiment, again.Load());
        Assert.NotEqual(experiment, experiment with { Members = new() });
    }

    [Fact]
    public void The_schema_has_a_list_for_every_key_that_may_vary()
    {
        var vary = JsonNode.Parse(ExperimentSchema.ToJson())!["properties"]!["members"]!["properties"]!["vary"]!;
        Assert.Equal(Section.Variation.Lists.Select(list => list.Item.Path), vary["properties"]!.AsObject().Select(key => key.Key));
        Assert.False(vary["additionalProperties"]!.GetValue<bool>());
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "description": "Learning rate.", "type": ["array", "null"], "items": { "type": "number", "exclusiveMinimum": 0 },
                  "minItems": 1, "default": null }
                """),
            vary["properties"]![Lr]), vary["properties"]![Lr]!.ToJsonString());
    }

    [Fact]
    public void All_that_varies_is_a_number()
    {
        Assert.Superset(
            new HashSet<string> { Lr, Gain, "model:init:weightVariance", "model:init:biasVariance", "training:clip:threshold",
                "model:activation:slope", "model:activation:backwardScale", "model:recurrentInit:gain",
                "model:recurrentInit:weightVariance",
            },
            Section.Variation.Lists.Select(list => list.Item.Path).ToHashSet());
        Assert.All(Section.Variation.Lists, list =>
        {
            Assert.Equal(typeof(double), Nullable.GetUnderlyingType(list.Item.Property!.PropertyType) ?? list.Item.Property!.PropertyType);
            Assert.NotNull(list.Item.Property!.GetCustomAttribute<VariesByMemberAttribute>());
        });
    }

    private static ExperimentFile Vary(string json) => new($$"""{ "members": { "vary": {{json}} } }""");
}
