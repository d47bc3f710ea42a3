using GradTorch.Configuration.Fields;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Sources;

/// <summary>What a file says of one variant of its study, as an experiment of its own.</summary>
/// <param name="file">A weaker layer of the same experiment, so that it is loaded before.</param>
internal sealed class VariantLayer(JsonFileLayer file, string name) : SettingsLayer
{
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override void Load()
    {
        IsComplete = file.IsComplete;
        foreach (Setting setting in file.Settings)
        {
            if (Section.Variants.Split(setting.Path) is var (variant, path)
                && variant.Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                Add(setting with { Path = path });
            }
        }
    }

    /// <inheritdoc/>
    public override string PathInSource(string path) =>
        ConfigurationPath.Combine(path.Length == 0 ? [Section.Variants.Path, Name] : [Section.Variants.Path, Name, path]);
}
