using GradTorch.Configuration.Fields;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Sources;

/// <summary>What one cell of a study's grid takes from the lists of a source. It is stronger than the source, and weaker than what
/// is stronger than that.</summary>
/// <param name="settings">The keys themselves, each where its list stands.</param>
internal sealed class CellLayer(SettingsLayer source, IEnumerable<Setting> settings) : SettingsLayer
{
    public SettingsLayer Source { get; } = source;

    /// <inheritdoc/>
    public override void Load()
    {
        foreach (Setting setting in settings)
        {
            Add(setting);
        }
    }

    /// <inheritdoc/>
    public override string PathInSource(string path) =>
        TryGet(path, out _) ? ConfigurationPath.Combine(Section.Grid.Path, path) : path;
}
