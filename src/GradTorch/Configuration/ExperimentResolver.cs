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

    private readonly SettingsReader _read = new(file, variant);

    /// <summary>Fields that have no value because a stronger layer gave the field that excludes them.</summary>
    private readonly HashSet<Field> _excluded = [];

    /// <summary>For the fields that were asked for, what keeps them from having a use; null where nothing does.</summary>
    private readonly Dictionary<Field, Usage?> _unmet = [];

    public Resolution Resolve()
    {
        // Making the root loads the layers.
        using var configuration = new ConfigurationRoot(_layers);
        foreach (SettingsLayer layer in _layers)
        {
            _read.Read(layer);
        }

        foreach ((Field first, Field second) in _root.Sections.SelectMany(section => section.Exclusions))
        {
            Exclude(first, second);
        }

        foreach (ListField list in Section.Variation.Lists.Where(list => Rank(Winner(list.Item)) > Rank(Winner(list))))
        {
            _excluded.Add(list);
        }

        var unused = _read.Values.Keys.Select(given => given.Field).Distinct().Where(field => Unmet(field) is not null)
            .ToDictionary(field => field, field => Complaints(field).ToLookup(complaint => complaint.Layer == variant));
        foreach ((SettingsLayer layer, ConfigurationError error) in unused.Values.SelectMany(complaints => complaints[true]))
        {
            layer.Errors.Add(error);
        }

        var experiment = (Experiment)Build(_root);
        if (_layers.All(layer => layer.IsComplete))
        {
            new ExperimentRules(this).Check(experiment);
        }

        return new Resolution(
            experiment, [.. VariantNames()],
            [.. _layers.SelectMany(layer => layer.Errors.Select(error => Ranked(layer, error)))],
            unused.ToDictionary(
                pair => pair.Key, pair => pair.Value[false].Select(complaint => Ranked(complaint.Layer, complaint.Error))));
    }

    /// <summary>Whether a rule on these fields of a section can be checked: nothing of what was meant is in doubt.</summary>
    public bool IsSound(Section section, params IEnumerable<Field> fields) =>
        !_read.Misspelt.Contains(section) && !_read.Refused.Overlaps(fields);

    /// <summary>Where the value of a field stands, which may be the list of what its members have; null for a default.
    /// </summary>
    public (SettingsLayer Layer, Setting Setting, Field Field)? WhereGiven(Field field)
    {
        Field given = Section.Variation.Lists.FirstOrDefault(list => list.Item == field && Value(list) is not null) ?? field;
        return Unmet(given) is null && Winner(given) is { } layer ? (layer, layer[given.Path], given) : null;
    }

    private IEnumerable<string> VariantNames() => file.Settings
        .Select(setting => Section.Variants.Split(setting.Path))
        .Where(split => split?.Path.Length == 0)
        .Select(split => split!.Value.Name);

    private (int Rank, ConfigurationError Error) Ranked(SettingsLayer layer, ConfigurationError error)
    {
        int rank = layer == environment ? 1 : layer == commandLine ? 2 : 0;
        return (rank, error with { Path = InFile(layer, _root.Canonical(error.Path)) });
    }

    /// <summary>The path from the root of the file on.</summary>
    private string InFile(SettingsLayer layer, string path) =>
        layer != variant ? path
        : path.Length == 0 ? ConfigurationPath.Combine(Section.Variants.Path, variant!.Name)
        : ConfigurationPath.Combine(Section.Variants.Path, variant!.Name, path);

    private int Rank(SettingsLayer? layer) => Array.IndexOf(_layers, layer);

    /// <summary>The strongest layer that gives the field a value, or null.</summary>
    private SettingsLayer? Winner(Field field) =>
        _layers.LastOrDefault(layer => layer.TryGet(field.Path, out _) && _read.Values.ContainsKey((layer, field)));

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

    /// <summary>
    /// What keeps a field, or a list of what members have for it, from having a use beside the others: first what keeps the
    /// field that decides on it from having one. Null if it has a use, and where what decides is in doubt.
    /// </summary>
    private Usage? Unmet(Field field)
    {
        if (!_unmet.TryGetValue(field, out Usage? unmet))
        {
            unmet = Section.UsagesOf(field is ListField list ? list.Item : field)
                .Where(usage => !_read.Misspelt.Contains(usage.Section) && !_read.Refused.Contains(usage.Decider))
                .Select(usage => Unmet(usage.Decider) ?? (usage.IsMetBy(usage.Decider.ToText(Value(usage.Decider))) ? null : usage))
                .FirstOrDefault(usage => usage is not null);
            _unmet.Add(field, unmet);
        }

        return unmet;
    }

    /// <summary>What there is to say of a field without a use: to each layer that gives it, unless a stronger one decided
    /// so.</summary>
    private IEnumerable<(SettingsLayer Layer, ConfigurationError Error)> Complaints(Field field)
    {
        Usage unmet = Unmet(field)!;
        Field decider = unmet.Decider;
        return
            from layer in _layers
            where _read.Values.ContainsKey((layer, field)) && Rank(Winner(decider)) <= Rank(layer)
            let setting = layer[field.Path]
            select (layer, setting.Error(
                field.Path,
                $"found {setting.Found}, but {decider.Path} is {decider.ToText(Value(decider))}; allowed: only with {unmet.Allowed}"));
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
        : Unmet(field) is not null ? field.Default
        : Winner(field) is { } layer ? _read.Values[(layer, field)]
        : field.Default;
}
