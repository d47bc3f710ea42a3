using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>An experiment file of its own in an own folder, gone after the test.</summary>
internal sealed class ExperimentFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradtorch-configuration-");

    public ExperimentFile(string json)
        : this(System.Text.Encoding.UTF8.GetBytes(json))
    {
    }

    public ExperimentFile(byte[] json) => File.WriteAllBytes(Path, json);

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "x.json");

    /// <summary>Variables of a test: <c>NAME=value</c>.</summary>
    public Experiment Load(string[]? commandLine = null, string[]? environment = null) => ExperimentLoader.Load(
        Path,
        commandLine ?? [],
        (environment ?? []).Select(variable => variable.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]));

    /// <summary>The errors as a user sees them, with the folder of the file left out.</summary>
    public string[] Errors(string[]? commandLine = null, string[]? environment = null)
    {
        var thrown = Assert.Throws<ConfigurationException>(() => Load(commandLine, environment));
        string[] lines = thrown.Message.Split('\n');
        Assert.Equal(thrown.Errors.Count, lines.Length);
        return [.. lines.Select(line => line.Replace(Folder + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
