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
        ["model:truncate"] = 5, ["model:activation:backwardScale"] = 2, ["model:init:path"] = "p", ["model:recurrentInit:path"] = "p",
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

    [TheoryWithBinding]
    [MemberData(nameof(Cases))]
    public void A_key_is_taken_and_written_exactly_where_it_has_a_use(string path, string deciderPath, string decided)
    {
        var usage = Usages.Single(usage => usage.Field.Path == path && usage.Decider.Path == deciderPath);
        foreach (var value in Values(usage.Field))
        {
            var variable = "GRADTORCH__" + path.Replace(":", "__", StringComparison.Ordinal);
            var text = value is JsonArray list ? string.Join(',', list) : value.ToString();
            AssertTaken(usage, decided, $"x.json:1: {path}", path, value);
            AssertTaken(usage, decided, $"x.json:1: study:variants:v:{path}", $"study:variants:v:{path}", value);
            AssertTaken(usage, decided, $"environment variable {variable}: {path}", environment: [$"{variable}={text}"]);
            AssertTaken(usage, decided, $"command line: {path}", commandLine: [$"--{path}={text}"]);
            if (Section.Variation.Find(path) is not null)
                AssertTaken(usage, decided, $"x.json:1: members:vary:{path}", "members:vary", new JsonObject { [path] = new JsonArray(value.DeepClone()) });
        }

        var record = (Experiment)Section.Experiment.With(
            Others(usage), usage.Decider, usage.Decider.Read(new(FoundKind.Text, decided)).Value!);
        Assert.Equal(usage.IsMetBy(decided), Has(JsonNode.Parse(ExperimentWriter.ToJson(record))!, path));
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

    /// <summary>Of an experiment in which all else that decides on the field lets it have a use: it is taken, or is an error
    /// that begins with <paramref name="where"/>.</summary>
    private static void AssertTaken(
        Usage usage, string decided, string where, string? path = null, JsonNode? value = null,
        string[]? commandLine = null, string[]? environment = null)
    {
        var experiment = new JsonObject();
        foreach (var other in Section.UsagesOf(usage.Field).Where(other => other.Decider != usage.Decider))
            Place(experiment, other.Decider.Path, First(other.Decider, other.IsMetBy));
        Place(experiment, usage.Decider.Path, decided);
        // A table needs more than other sources.
        if (decided == "csv") Place(experiment, "data:target", "y");
        if (decided is "csv" or "text") Place(experiment, "data:path", "p");
        if (path is not null) Place(experiment, path, value!.DeepClone());
        using var file = new ExperimentFile(experiment.ToJsonString());

        var refused = ErrorsOf(file, commandLine, environment).Any(error =>
            error.StartsWith($"{where}: found ", StringComparison.Ordinal)
            && error.EndsWith($", but {usage.Decider.Path} is {decided}; allowed: only with {usage.Allowed}", StringComparison.Ordinal));
        Assert.NotEqual(usage.IsMetBy(decided), refused);
    }

    /// <summary>The default, where there is one, and another value.</summary>
    private static IEnumerable<JsonNode> Values(Field field)
    {
        var names = (field.ValueSchema()["enum"] as JsonArray ?? []).OfType<JsonNode>();
        JsonNode[] standard = field.Default is { } value ? [field.ToJson(value)!] : [];
        return standard.Append(Examples.TryGetValue(field.Path, out var example) ? example
            : names.Concat([1, 2, 0.5, true, false]).First(other =>
                field.Read(new(FoundKind.Word, other.ToString())).Value is { } read && !read.Equals(field.Default)));
    }

    private static Experiment Others(Usage usage) => Section.UsagesOf(usage.Field)
        .Where(other => other.Decider != usage.Decider)
        .Aggregate(new Experiment(), (experiment, other) => (Experiment)Section.Experiment.With(
            experiment, other.Decider,
            other.Decider.Read(new(FoundKind.Text, First(other.Decider, other.IsMetBy))).Value!));

    private static string First(Field decider, Func<string, bool> isMet) =>
        ((JsonArray)decider.Schema()["enum"]!).Select(name => (string)name!).First(isMet);

    private static string[] ErrorsOf(ExperimentFile file, string[]? commandLine, string[]? environment)
    {
        try
        {
            file.Load(commandLine, environment);
            return [];
        }
        catch (ConfigurationException)
        {
            return file.Errors(commandLine, environment);
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
