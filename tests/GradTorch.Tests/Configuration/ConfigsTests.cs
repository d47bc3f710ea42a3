using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>The experiments in the folder configs.</summary>
public class ConfigsTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(ConfigsFolder.Path, "*.json").Select(path => Path.GetFileName(path))
            .Where(name => name != "experiment.schema.json")
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_loads_is_named_like_its_file_and_names_the_schema(string name)
    {
        string path = Path.Combine(ConfigsFolder.Path, name);
        var experiment = ExperimentLoader.Load(path, [], new Dictionary<string, string>());
        Assert.Equal(Path.GetFileNameWithoutExtension(name), experiment.Name);
        Assert.Contains("\"$schema\": \"./experiment.schema.json\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Those_that_were_promised_are_there() => Assert.Subset(
        Directory.GetFiles(ConfigsFolder.Path).Select(path => Path.GetFileName(path)).ToHashSet(),
        new HashSet<string>
        {
            "fashion-mnist-relu-100.json", "fashion-mnist-tanh-50.json", "fashion-mnist-sigmoid-20.json", "fashion-mnist-residual.json",
            "smoke.json", "csv-garments.json", "text.json", "activations-by-depth.json",
        });
}
