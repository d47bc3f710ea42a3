using System.Text.Json;
using System.Text.RegularExpressions;
using GradTorch.Cli;
using GradTorch.Cli.Verbs;

namespace GradTorch.Tests.Cli;

/// <summary>Keys of every verb's JSON are in snake_case. The experiment itself, under <c>config</c>, the keys of its grid and those in which
/// runs differ keep the names that a file of it has.</summary>
public sealed partial class JsonKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Verbs => [.. VerbRegistry.All.Select(verb => verb.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Verbs))]
    public void All_keys_are_in_snake_case(string name)
    {
        var verb = VerbRegistry.All.Single(verb => verb.Name == name);
        string[] variants = verb is not ExperimentVerb ? [""] : name is "probe" or "map" ? ["alone"] : ["alone", "study"];
        foreach (var experiment in variants)
        {
            var invoked = verb switch
            {
                MapVerb => Invoked.With(
                    name, File("even"), "--x", "model:init:gain=0.5..2", "--y", "model:init:biasVariance=0..1", "--cells", "2x2",
                    "--output", folder.Path, "--json"),
                ExperimentVerb => Invoked.With(name, File(experiment), "--output", folder.Path, "--json"),
                CompareVerb => OfRuns("compare"),
                DynamicsVerb => OfRuns("dynamics"),
                ExportVerb => OfRuns("export", "--csv"),
                ResumeVerb => OfRuns("resume"),
                VerifyVerb => OfRun("verify"),
                ReplayVerb => OfRun("replay", "--training:optimizer:lr", "1e30"),
                RunsVerb => OfRuns("runs", "--differences"),
                PlotVerb => OfRuns("plot", "--what", "compare", "--out", folder.File("compare.svg")),
                BenchVerb => Invoked.With(name, "recording-elman-10th", "--rounds", "1", "--json"),
                TheoryVerb => Invoked.With(name, "mean-field", "--depth", "3", "--json"),
                _ => Invoked.With(name, "--json"),
            };
            Assert.Equal(ExitCode.Done, invoked.Exit);
            var keys = Keys(invoked.Json).ToList();
            Assert.NotEmpty(keys);
            Assert.All(keys, key => Assert.Matches(SnakeCase(), key));
        }
    }

    [Fact]
    public void Those_of_an_error_are_too() =>
        Assert.All(Keys(Invoked.With("check", File("wrong"), "--json").Json), key => Assert.Matches(SnakeCase(), key));

    private Invoked OfRuns(string verb, params string[] options)
    {
        Invoked.With("run", File("study"), "--output", folder.Path);
        return Invoked.With([verb, folder.File("study"), .. options, "--json"]);
    }

    /// <param name="keys">Of the experiment.</param>
    private Invoked OfRun(string verb, params string[] keys)
    {
        Invoked.With(["run", File("even"), "--output", folder.Path, .. keys]);
        return Invoked.With(verb, folder.File("even", "001"), "--json");
    }

    private string File(string name)
    {
        var path = folder.File(name + ".json");
        var variants = name == "study" ? ", \"study\": { \"variants\": { \"a Variant\": {}, \"deeper\": { \"model\": { \"width\": 5 } } }, \"grid\": { \"data:batch\": [8, 16] } }" : "";
        var rates = name == "even" ? "" : "\"training:optimizer:lr\": [0.1, 0.01]";
        System.IO.File.WriteAllText(path, $$"""
            {
              "name": "{{name}}",
              "data": { "source": "adding", "length": 5, "train": 32, "test": 16, "batch": 16 },
              "model": { "kind": "elman", "depth": {{(name == "wrong" ? -1 : 1)}}, "width": 4 },
              "members": { "vary": { {{rates}} } },
              "training": { "steps": 2 }, "gradients": { "every": 1 }{{variants}}
            }
            """);
        return path;
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name is "config" or "grid" or "differences" ? [property.Name] : Keys(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Keys),
        _ => [],
    };

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
