using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration;

/// <summary>Reads what layers hold, each key by itself, as the typed values of an experiment.</summary>
/// <param name="file">The only layer that may name variants.</param>
/// <param name="variant">The layer that may not hold what variants share; null for none.</param>
/// <param name="cell">The lists of its keys are not read again; null where the grid has to be read.</param>
internal sealed class SettingsReader(JsonFileLayer file, VariantLayer? variant, GridCell? cell)
{
    private readonly Section _root = Section.Experiment;

    /// <summary>The typed values of each layer; a value that is in error has no entry.</summary>
    public Dictionary<(SettingsLayer Layer, Field Field), object> Values { get; } = [];

    /// <summary>Fields whose value, in any layer, is in error: no rule can be checked on them.</summary>
    public HashSet<Field> Refused { get; } = [];

    /// <summary>Sections with an unknown key, which may be meant for any field: no rule is checked on them.</summary>
    public HashSet<Section> Misspelt { get; } = [];

    /// <summary>Reads a layer that is loaded; what is wrong becomes one of its errors.</summary>
    public void Read(SettingsLayer layer)
    {
        var refused = new List<string>();
        foreach (Setting setting in layer.Settings)
        {
            if (refused.Any(path => setting.Path.StartsWith(
                path + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)))
            {
                // What lies in a section that is itself an error is no further error.
                continue;
            }

            if (ReadValue(layer, setting) is { } error)
            {
                layer.Errors.Add(error);
                refused.Add(setting.Path);
            }
        }
    }

    private ConfigurationError? ReadValue(SettingsLayer layer, Setting setting)
    {
        (Node reached, string[] unknown) = _root.Follow(setting.Path);
        Found found = unknown.Length == 0 ? setting.Found : new Found(FoundKind.Section, "");
        if (reached is Field field && !IsShared(layer, setting.Path))
        {
            return ReadValue(layer, setting, field, found);
        }

        if (reached is VariantsNode && layer == file && unknown.Length > 0)
        {
            // What a variant says is read when the variant is resolved.
            return null;
        }

        return WhatIsWrong(layer, setting, reached, unknown) is { } complaint ? setting.Error(UpTo(reached, unknown), complaint)
            : found.Kind == FoundKind.Section ? null
            : setting.Error(reached.Path, $"found {found}; allowed: {AllowedAt(layer, reached)}");
    }

    /// <summary>The path up to the first key that is not known; the whole of one that names a key by its path.</summary>
    private static string UpTo(Node reached, string[] unknown)
    {
        string[] named = reached is ListsNode ? unknown : unknown[..Math.Min(1, unknown.Length)];
        return ConfigurationPath.Combine(reached.Path.Length == 0 ? named : [reached.Path, .. named]);
    }

    /// <summary>What is wrong with a key as such, whatever it holds.</summary>
    private string? WhatIsWrong(SettingsLayer layer, Setting setting, Node reached, string[] unknown)
    {
        if (IsShared(layer, setting.Path))
        {
            return $"not allowed in a variant, for all variants of a study share it; allowed: {Section.Variant.Keys}";
        }

        switch (reached)
        {
            case VariantsNode when layer != file:
                return "variants are written in the file; to change a key of all of them write --model:depth VALUE";
            case ListsNode lists when unknown.Length > 0:
                Misspelt.UnionWith(_root.Sections);
                return lists.Complaint(ConfigurationPath.Combine(unknown));
            case Section section when unknown.Length > 0:
                Misspelt.Add(section);
                return (layer == variant && section == _root ? Section.Variant : section).Complaint(unknown[0], setting.Path);
            default:
                return null;
        }
    }

    private bool IsShared(SettingsLayer layer, string path) =>
        layer == variant && path.Length > 0
        && _root.Child(path.Split(ConfigurationPath.KeyDelimiter)[0]) is { } child && !Section.Variant.Children.Contains(child);

    private string AllowedAt(SettingsLayer layer, Node node) =>
        layer == variant && node == _root ? Section.Variant.Allowed : node.Allowed;

    private ConfigurationError? ReadValue(SettingsLayer layer, Setting setting, Field field, Found found)
    {
        if ((found.Kind == FoundKind.Null && field.IsOptional) || (field is ListField given && cell?.Has(given.Item) == true))
        {
            return null;
        }

        Reading reading = field.Read(found);
        if (reading.Complaint is { } complaint)
        {
            Refused.UnionWith(field is ListField list ? [field, list.Item] : [field]);
            return setting.Error(field.Path, complaint);
        }

        Values.Add((layer, field), reading.Value!);
        return null;
    }
}
