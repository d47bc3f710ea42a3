using System.Diagnostics;
using System.Text.Json;
using GradTorch.Configuration;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Exports;

/// <summary>All of <see cref="NetworkCases"/>, exported once, and what PyTorch makes of them: tests/Fixtures/exported.py.</summary>
public sealed class ExportedNetworks : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallImages _images = new();
    private readonly Lazy<Dictionary<string, ExportedNetwork>> _networks;

    public ExportedNetworks() => _networks = new Lazy<Dictionary<string, ExportedNetwork>>(Export);

    internal ExportedNetwork this[string name] => _networks.Value[name];

    internal Experiment ExperimentOf(string name) => NetworkCases.Of(name, _images);

    public void Dispose()
    {
        if (_networks.IsValueCreated)
            foreach (var network in _networks.Value.Values) network.Dispose();
        _images.Dispose();
        _folder.Dispose();
    }

    private Dictionary<string, ExportedNetwork> Export()
    {
        using var process = new StudyRun.ProcessSettings();
        var networks = NetworkCases.Names.ToDictionary(name => name, name => new ExportedNetwork(NetworkCases.Of(name, _images), FolderOf(name)));
        var script = Path.Combine(Path.GetDirectoryName(ConfigsFolder.Path)!, "tests", "Fixtures", "exported.py");
        using var python = Process.Start(new ProcessStartInfo(TheoryWithPyTorchAttribute.Python, [script, _folder.Path]) { RedirectStandardError = true })!;
        var error = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, error);
        return networks;
    }

    internal static double[][] OutputsOf(ExportedNetwork network, string property)
    {
        var outputs = JsonDocument.Parse(File.ReadAllText(Path.Combine(network.Folder, "outputs.json"))).RootElement.GetProperty(property);
        return property == "members" ? [.. outputs.EnumerateArray().Select(Numbers)] : [Numbers(outputs)];

        static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
    }

    private string FolderOf(string name) => _folder.File(string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')));
}
