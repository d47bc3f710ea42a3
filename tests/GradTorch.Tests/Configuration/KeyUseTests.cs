using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Every key that has a use beside some kinds only, beside every kind: it is taken, and written, exactly where it has a
/// use, whatever its value.</summary>
public sealed class KeyUseTests
{
    /// <summary>Values for keys whose default is that nothing is given.</summary>
    private static readonly Dictionary<string, JsonNode> Examples = new()
    {
        ["data:path"] = "p", ["data:form"] = "rows", ["data:permutationSeed"] = 1, ["data:target"] = "y", ["data:task"] = "regression",
        ["data:categorical"] = new JsonArray("a"), ["data:delimiter"] = ";", ["data:testFraction"] = 0.5, ["data:splitSeed"] = 1,
        ["data:length"] = 50, ["data:variableLength"] = true, ["data:train"] = 9, ["data:test"] = 9, ["data:seed"] = 1,
        ["model:truncate"] = 5, ["model:activation:backwardScale"] = 2,
    };

    private static IEnumerable<Usage> Usages => Section.Experiment.Sections.SelectMany(section => section.Usages);

    /// <summary>A key, what decides on its use, and each name that this can be.</summary>
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var usage in Usages)
            foreach (var name in (JsonArray)usage.Decider.Schema()["enum"]!)
                data.Add(usage.Field.Path, usage.Decider.Path, (string)name!);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_key_is_taken_and_written_exactly_where_it_has_a_use(string path, string deciderPath, string decided)
    {
        var usage = Usages.Single(usage => usage.Field.Path == path && usage.Decider.Path == deciderPath);
        var value = usage.Field.Default is { } standard ? usage.Field.ToJson(standard)! : Examples[path].DeepClone();
        var experiment = new JsonObject();
        // What else decides on its use lets it have one.
        foreach (var other in Usages.Where(other => other.Field == usage.Field && other.Decider != usage.Decider))
            Place(experiment, other.Decider.Path, First(other.Decider, other.IsMetBy));
        Place(experiment, deciderPath, decided);
        Place(experiment, path, value);
        // A table needs more than other sources.
        if (decided == "csv") Place(experiment, "data:target", "y");
        if (decided is "csv" or "text") Place(experiment, "data:path", "p");
        using var file = new ExperimentFile(experiment.ToJsonString());

        var allowed = usage.IsMetBy(decided);
        if (allowed)
        {
            Assert.DoesNotContain(ErrorsOf(file), error => error.Contains($" {path}: ", StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains(file.Errors(), error => error.StartsWith($"x.json:1: {path}: found ", StringComparison.Ordinal)
                && error.EndsWith($", but {deciderPath} is {decided}; allowed: only with {usage.Allowed}", StringComparison.Ordinal));
        }

        var record = (Experiment)Section.Experiment.With(
            Others(usage), usage.Decider, usage.Decider.Read(new(FoundKind.Text, decided)).Value!);
        Assert.Equal(allowed, Has(JsonNode.Parse(ExperimentWriter.ToJson(record))!, path));
    }

    [Fact]
    public void What_was_inherited_for_another_kind_drops_out_and_what_a_variant_gives_itself_is_an_error()
    {
        const string Base = """
            { "training": { "optimizer": { "kind": "sgd", "momentum": 0.9 } }, "study": { "variants": {
              "sgd": {}, "adam": { "training": { "optimizer": { "kind": "adam"{0} } } } } } }
            """;
        using var inherited = new ExperimentFile(Base.Replace("{0}", ""));
        var adam = inherited.Load().Study.Variants.All[1].Experiment;
        Assert.Equal(0, adam.Training.Optimizer.Momentum);
        Assert.False(Has(JsonNode.Parse(ExperimentWriter.ToJson(adam))!, "training:optimizer:momentum"));
        using var own = new ExperimentFile(Base.Replace("{0}", ", \"momentum\": 0"));
        Assert.Equal(
            ["x.json:2: study:variants:adam:training:optimizer:momentum: found 0, but training:optimizer:kind is adam; allowed: only with training:optimizer:kind sgd or rmsprop"],
            own.Errors());
    }

    private static Experiment Others(Usage usage) => Usages
        .Where(other => other.Field == usage.Field && other.Decider != usage.Decider)
        .Aggregate(new Experiment(), (experiment, other) => (Experiment)Section.Experiment.With(
            experiment, other.Decider,
            other.Decider.Read(new(FoundKind.Text, First(other.Decider, other.IsMetBy))).Value!));

    private static string First(Field decider, Func<string, bool> isMet) =>
        ((JsonArray)decider.Schema()["enum"]!).Select(name => (string)name!).First(isMet);

    private static string[] ErrorsOf(ExperimentFile file)
    {
        try
        {
            file.Load();
            return [];
        }
        catch (ConfigurationException)
        {
            return file.Errors();
        }
    }

    private static void Place(JsonObject experiment, string path, JsonNode value)
    {
        var keys = path.Split(ConfigurationPath.KeyDelimiter);
        foreach (var key in keys[..^1])
        {
            if (experiment[key] is null) experiment[key] = new JsonObject();
            experiment = (JsonObject)experiment[key]!;
        }
        experiment[keys[^1]] = value;
    }

    private static bool Has(JsonNode json, string path)
    {
        JsonNode? at = json;
        foreach (var key in path.Split(ConfigurationPath.KeyDelimiter))
        {
            if (at is not JsonObject section || !section.ContainsKey(key)) return false;
            at = section[key];
        }
        return true;
    }
}
