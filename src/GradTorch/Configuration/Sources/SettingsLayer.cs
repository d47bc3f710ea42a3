using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Sources;

/// <summary>
/// A source of configuration that remembers, beside what Microsoft.Extensions.Configuration keeps (path and text), of
/// which type each value was and where it stood, and that collects what is wrong instead of stopping at it.
/// </summary>
internal abstract class SettingsLayer : ConfigurationProvider, IConfigurationSource
{
    private readonly OrderedDictionary<string, Setting> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every key, each section before the keys in it.</summary>
    public IReadOnlyCollection<Setting> Settings => _settings.Values;

    /// <summary>What is wrong with this source.</summary>
    public IList<ConfigurationError> Errors { get; } = [];

    /// <summary>False when the source could not be read to its end, so that keys may be missing from it.</summary>
    public bool IsComplete { get; protected set; } = true;

    public Setting this[string path] => _settings[path];

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Where a key of the experiment stands in the source, as in <c>study:variants:NAME:model:depth</c>.</summary>
    public virtual string PathInSource(string path) => path;

    /// <summary>Keeps a setting; one whose path is there already is an error, and false is returned.</summary>
    protected bool Add(Setting setting)
    {
        if (!_settings.TryAdd(setting.Path, setting))
        {
            Setting first = _settings[setting.Path];
            string where = first.Line is { } line ? FormattableString.Invariant($", first in line {line}")
                : first.Source != setting.Source ? $", first by {first.Source}"
                : "";
            Errors.Add(setting.Error(setting.Path, $"given twice{where}; keep one"));
            return false;
        }

        // Null in a file is the same as leaving the key out, and a section has no value of its own.
        if (setting.Found.Kind is not (FoundKind.Null or FoundKind.Section))
        {
            Set(setting.Path, setting.Found.Text);
        }

        return true;
    }
}
