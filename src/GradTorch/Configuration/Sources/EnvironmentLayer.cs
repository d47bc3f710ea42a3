using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Sources;

/// <summary>
/// Environment variables such as <c>GRADTORCH__model__depth</c>. Names with one underscore after GRADTORCH are none of
/// the experiment's.
/// </summary>
internal sealed class EnvironmentLayer(IReadOnlyDictionary<string, string> variables) : SettingsLayer
{
    private const string Prefix = "GRADTORCH__";

    /// <inheritdoc/>
    public override void Load()
    {
        foreach ((string name, string value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                string path = name[Prefix.Length..]
                    .Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
                Add(new Setting(path, new Found(FoundKind.Word, value), $"environment variable {name}", null));
            }
        }
    }
}
