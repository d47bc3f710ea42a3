using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration;

/// <summary>Makes one experiment of several layers, and says all that is wrong with them.</summary>
/// <param name="file">The weakest layer.</param>
/// <param name="variant">The part of the file that is laid over the rest of it; null for the file itself.</param>
internal sealed class ExperimentResolver(
    JsonFileLayer file, VariantLayer? variant, EnvironmentLayer environment, CommandLineLayer commandLine)
{
    private readonly Section _root = Section.Experiment;
    private readonly SettingsLayer[] _layers =
        variant is null ? [file, environment, commandLine] : [file, variant, environment, commandLine];

    /// <summary>The typed values of each layer; a value that is in error has no entry.</summary>
    private readonly Dictionary<(SettingsLayer Layer, Field Field), object> _values = [];

    /// <summary>Fields that have no value because a stronger layer gave the field that excludes them.</summary>
    private readonly HashSet<Field> _excluded = [];

    /// <summary>Fields whose value, given by a weaker layer, has no meaning with what a stronger one gave.</summary>
    private readonly HashSet<Field> _unused = [];

    /// <summary>Fields whose value, in any layer, is in error: no rule can be checked on them.</summary>
    private readonly HashSet<Field> _refused = [];

    /// <summary>Sections with an unknown key, which may be meant for any field: no rule is checked on them.</summary>
    private readonly HashSet<Section> _misspelt = [];

    public Resolution Resolve()
    {
        // Making the root loads the layers.
        using var configuration = new ConfigurationRoot(_layers);
        foreach (SettingsLayer layer in _layers)
        {
            ReadValues(layer);
        }

        foreach ((Field first, Field second) in _root.Sections.SelectMany(section => section.Exclusions))
        {
            Exclude(first, second);
        }

        foreach (ListField list in Section.Variation.Lists.Where(list => Rank(Winner(list.Item)) > Rank(Winner(list))))
        {
            _excluded.Add(list);
        }

        foreach (Usage usage in _root.Sections.Where(section => !_misspelt.Contains(section)).SelectMany(section => section.Usages))
        {
            CheckUse(usage, usage.Field);
            foreach (ListField list in Section.Variation.Lists.Where(list => list.Item == usage.Field && Value(list) is not null))
            {
                CheckUse(usage, list);
            }
        }

        var experiment = (Experiment)Build(_root);
        if (_layers.All(layer => layer.IsComplete))
        {
            new ExperimentRules(this).Check(experiment);
        }

        return new Resolution(experiment, [.. VariantNames()], [.. _layers.SelectMany(Errors)]);
    }

    /// <summary>Whether a rule on these fields of a section can be checked: nothing of what was meant is in doubt.</summary>
    public bool IsSound(Section section, params IEnumerable<Field> fields) =>
        !_misspelt.Contains(section) && !_refused.Overlaps(fields);

    /// <summary>Where the value of a field stands, which may be the list of what its members have; null for a default.
    /// </summary>
    public (SettingsLayer Layer, Setting Setting, Field Field)? WhereGiven(Field field)
    {
        Field given = Section.Variation.Lists.FirstOrDefault(list => list.Item == field && Value(list) is not null) ?? field;
        return Winner(given) is { } layer ? (layer, layer[given.Path], given) : null;
    }

    private IEnumerable<string> VariantNames() => file.Settings
        .Select(setting => Section.Variants.Split(setting.Path))
        .Where(split => split?.Path.Length == 0)
        .Select(split => split!.Value.Name);

    private IEnumerable<(int Rank, ConfigurationError Error)> Errors(SettingsLayer layer)
    {
        int rank = layer == environment ? 1 : layer == commandLine ? 2 : 0;
        return layer.Errors.Select(error => (rank, error with { Path = InFile(layer, _root.Canonical(error.Path)) }));
    }

    /// <summary>The path from the root of the file on.</summary>
    private string InFile(SettingsLayer layer, string path) =>
        layer != variant ? path
        : path.Length == 0 ? ConfigurationPath.Combine(Section.Variants.Path, variant!.Name)
        : ConfigurationPath.Combine(Section.Variants.Path, variant!.Name, path);

    private void ReadValues(SettingsLayer layer)
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
        string[] named = reached is VariationNode ? unknown : unknown[..Math.Min(1, unknown.Length)];
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
            case VariationNode variation when unknown.Length > 0:
                _misspelt.UnionWith(_root.Sections);
                return variation.Complaint(ConfigurationPath.Combine(unknown));
            case Section section when unknown.Length > 0:
                return UnknownKey(layer, setting, section, unknown[0]);
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
        if (found.Kind == FoundKind.Null && field.IsOptional)
        {
            return null;
        }

        Reading reading = field.Read(found);
        if (reading.Complaint is { } complaint)
        {
            _refused.UnionWith(field is ListField list ? [field, list.Item] : [field]);
            return setting.Error(field.Path, complaint);
        }

        _values.Add((layer, field), reading.Value!);
        return null;
    }

    /// <summary>
    /// Suggests a key of the same section with a similar name, else the one key of that name elsewhere, else (for
    /// <c>model.depth</c>, of which no part is known) a similar path.
    /// </summary>
    private string UnknownKey(SettingsLayer layer, Setting setting, Section section, string key)
    {
        _misspelt.Add(section);
        Section known = layer == variant && section == _root ? Section.Variant : section;
        var namesakes = _root.Descendants
            .Where(node => node.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        string? meant = NearestName.Find(key, known.Children.Select(child => child.Name))
            ?? (namesakes is [var only] ? only.Path : null)
            ?? (section == _root ? NearestName.Find(setting.Path, _root.Descendants.Select(node => node.Path)) : null);
        return $"unknown key; allowed: {known.Keys}" + (meant is null ? "" : $"; did you mean '{meant}'?");
    }

    private int Rank(SettingsLayer? layer) => Array.IndexOf(_layers, layer);

    /// <summary>The strongest layer that gives the field a value, or null.</summary>
    private SettingsLayer? Winner(Field field) =>
        _layers.LastOrDefault(layer => layer.TryGet(field.Path, out _) && _values.ContainsKey((layer, field)));

    private void Exclude(Field first, Field second)
    {
        SettingsLayer? ofFirst = Winner(first);
        SettingsLayer? ofSecond = Winner(second);
        if (ofFirst is not null && ofFirst == ofSecond)
        {
            Setting[] given = [ofFirst[first.Path], ofFirst[second.Path]];
            Setting[] byLine = [.. given.OrderBy(setting => setting.Line ?? 0)];
            string where = byLine[0].Line is { } line ? FormattableString.Invariant($" (line {line})") : "";
            ofFirst.Errors.Add(byLine[1].Error(
                byLine[1].Path, $"given together with {_root.Canonical(byLine[0].Path)}{where}; keep one"));
        }
        else if (ofFirst != ofSecond)
        {
            _excluded.Add(Rank(ofFirst) > Rank(ofSecond) ? second : first);
        }
    }

    /// <param name="field">The field of the usage, or the list of what members have for it.</param>
    private void CheckUse(Usage usage, Field field)
    {
        Field decider = usage.Decider;
        string decided = decider.ToJson(Value(decider))!.ToString();
        if (usage.IsMetBy(decided) || _refused.Contains(decider) || _refused.Contains(field) || _unused.Contains(field)
            || Winner(field) is not { } layer)
        {
            return;
        }

        if (Rank(Winner(decider)) > Rank(layer))
        {
            _unused.Add(field);
            return;
        }

        Setting setting = layer[field.Path];
        _refused.Add(field);
        layer.Errors.Add(setting.Error(
            field.Path, $"found {setting.Found}, but {decider.Path} is {decided}; allowed: only with {usage.Allowed}"));
    }

    private object Build(Section section)
    {
        object record = Activator.CreateInstance(section.Record)!;
        foreach (Node child in section.Children)
        {
            child.Property!.SetValue(record, child switch
            {
                Section inner => Build(inner),
                VariationNode => Variation(),
                VariantsNode => StudyVariants.None,
                _ => Value((Field)child),
            });
        }

        return record;
    }

    /// <summary>The lists in the order in which the layers, the weakest first, name them.</summary>
    private MemberVariation Variation() => new(
    [
        .. _layers.SelectMany(layer => layer.Settings)
            .Select(setting => _root.Follow(setting.Path).Reached).OfType<ListField>().Distinct()
            .Where(list => Value(list) is not null)
            .Select(list => new VariedKey(list.Item.Path, (double[])Value(list)!)),
    ]);

    private object? Value(Field field) =>
        _excluded.Contains(field) ? null
        : _unused.Contains(field) ? field.Default
        : Winner(field) is { } layer ? _values[(layer, field)]
        : field.Default;
}
