using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>Keys with values that are right by themselves, drawn together: whether the whole is right or not, it is told, and what is
/// taken repeats from what is written of it.</summary>
public sealed class RandomExperimentTests
{
    private static readonly string[] Words = ["0", "1", "2", "3", "6", "0.5", "true", "false", "p", ";"];

    private static readonly (string Path, string[] Values)[] Keys =
    [
        .. Section.Experiment.Fields.Select(field => (
            field.Path,
            (field.ValueSchema()["enum"] as JsonArray ?? []).Select(name => (string)name!).Concat(Words)
                .Where(word => field.Read(new(FoundKind.Word, word)).Complaint is null).ToArray()))
            .Where(key => key.Item2.Length > 0),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_drawn_is_taken_and_repeats_or_is_an_error(int seed)
    {
        var random = new Random(seed);
        var taken = 0;
        for (var round = 0; round < 250; round++)
        {
            using var file = new ExperimentFile(Draw(random, random.Next(3)).ToJsonString());
            string[] commandLine = [.. Drawn(random, random.Next(3)).Select(key => $"--{key.Path}={key.Value}")];
            string[] environment = [.. Drawn(random, random.Next(2)).Select(key => $"GRADTORCH__{key.Path.Replace(":", "__", StringComparison.Ordinal)}={key.Value}")];
            string written;
            try
            {
                written = ExperimentWriter.ToJson(file.Load(commandLine, environment));
            }
            catch (ConfigurationException exception)
            {
                Assert.NotEmpty(exception.Errors);
                continue;
            }

            taken++;
            using var again = new ExperimentFile(written);
            Assert.Equal(written, ExperimentWriter.ToJson(again.Load()));
        }

        Assert.InRange(taken, 1, 249);
    }

    private static JsonObject Draw(Random random, int variants)
    {
        var experiment = new JsonObject();
        foreach (var key in Drawn(random, random.Next(6))) Place(experiment, key);
        for (var variant = 0; variant < variants; variant++)
        {
            var part = new JsonObject();
            foreach (var key in Drawn(random, random.Next(3)))
            {
                if (Section.Variant.Children.Any(child => key.Path.StartsWith(child.Path, StringComparison.Ordinal))) Place(part, key);
            }

            Place(experiment, ($"study:variants:v{variant}", "{}"));
            experiment["study"]!["variants"]![$"v{variant}"] = part;
        }

        foreach (var (path, _) in Drawn(random, Math.Max(0, random.Next(5) - 2))) PlaceList(experiment, random, path);
        return experiment;
    }

    private static void PlaceList(JsonObject experiment, Random random, string path)
    {
        if (Section.Grid.Find(path)?.Item is not { } field) return;
        var (_, values) = Keys.Single(key => key.Path == path);
        Place(experiment, ("study:grid", ""));
        experiment["study"]!["grid"]![path] = new JsonArray(
            [.. random.GetItems(values, random.Next(1, 4)).Distinct().Select(value => field.ToJson(field.Read(new(FoundKind.Word, value)).Value))]);
    }

    private static IEnumerable<(string Path, string Value)> Drawn(Random random, int count) => Enumerable.Range(0, count)
        .Select(_ => Keys[random.Next(Keys.Length)]).DistinctBy(key => key.Path)
        .Select(key => (key.Path, key.Values[random.Next(key.Values.Length)]));

    private static void Place(JsonObject experiment, (string Path, string Value) key)
    {
        var names = key.Path.Split(ConfigurationPath.KeyDelimiter);
        foreach (var name in names[..^1])
        {
            experiment.TryAdd(name, new JsonObject());
            experiment = (JsonObject)experiment[name]!;
        }

        var field = Section.Experiment.Follow(key.Path).Reached as Field;
        experiment[names[^1]] = field?.Read(new(FoundKind.Word, key.Value)).Value is { } value ? field.ToJson(value) : new JsonObject();
    }
}
