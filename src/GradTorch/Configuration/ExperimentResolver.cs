using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration;

/// <summary>Makes one experiment of several layers, and says all that is wrong with them.</summary>
internal sealed class ExperimentResolver
{
    private readonly Section _root = Section.Experiment;
    private readonly SettingsLayer _file;
    private readonly VariantLayer? _variant;

    /// <summary>File, environment and command line.</summary>
    private readonly SettingsLayer[] _sources;

    /// <summary>The sources, each with what is laid over it.</summary>
    private readonly SettingsLayer[] _layers;

    private readonly GridCell? _cell;
    private readonly SettingsReader _read;

    /// <summary>Fields that have no value because a stronger layer gave the field that excludes them.</summary>
    private readonly HashSet<Field> _excluded = [];

    /// <summary>For the fields that were asked for, what keeps them from having a use; null where nothing does.</summary>
    private readonly Dictionary<Field, Usage?> _unmet = [];

    /// <param name="file">The weakest layer.</param>
    /// <param name="variant">The part of the file that is laid over the rest of it; null for the file itself.</param>
    /// <param name="cell">What is taken from the lists of the study's grid; null leaves them lists.</param>
    public ExperimentResolver(
        JsonFileLayer file, VariantLayer? variant, EnvironmentLayer environment, CommandLineLayer commandLine, GridCell? cell)
    {
        (_file, _variant, _cell, _read) = (file, variant, cell, new SettingsReader(file, variant, cell));
        _sources = [file, environment, commandLine];
        _layers =
        [
            .. _sources.SelectMany((source, rank) => new[]
            {
                source, source == file ? variant : null, cell is null ? null : new CellLayer(source, cell.SettingsOf(rank)),
            }).OfType<SettingsLayer>(),
        ];
    }

    public Resolution Resolve()
    {
        // Making the root loads the layers.
        using var configuration = new ConfigurationRoot(_layers);
        foreach (SettingsLayer layer in _layers)
        {
            _read.Read(layer);
        }

        foreach ((Field first, Field second) in Section.AllExclusions)
        {
            Exclude(first, second);
        }

        foreach (ListField list in Section.Variation.Lists.Where(list => Rank(Winner(list.Item)) > Rank(Winner(list))))
        {
            _excluded.Add(list);
        }

        if (_cell is null)
        {
            foreach (ListField list in Section.Grid.Lists)
            {
                Settle(list);
            }
        }

        var unused = _read.Values.Keys.Select(given => given.Field).Distinct().Where(field => Unmet(field) is not null)
            .ToDictionary(field => field, field => Complaints(field).ToLookup(complaint => complaint.Layer is CellLayer));
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
            experiment, [.. VariantNames()], [.. Grid()],
            [.. _layers.SelectMany(layer => layer.Errors.Select(error => Ranked(layer, error)))],
            unused.ToDictionary(
                pair => pair.Key,
                pair => pair.Value[false].ToLookup(
                    complaint => complaint.Layer == _variant, complaint => Ranked(complaint.Layer, complaint.Error))));
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

    private IEnumerable<string> VariantNames() => _file.Settings
        .Select(setting => Section.Variants.Split(setting.Path))
        .Where(split => split?.Path.Length == 0)
        .Select(split => split!.Value.Name);

    private (int Rank, ConfigurationError Error) Ranked(SettingsLayer layer, ConfigurationError error) =>
        (SourceRank(layer), error with { Path = layer.PathInSource(_root.Canonical(error.Path)) });

    private int SourceRank(SettingsLayer layer) =>
        layer == _variant ? 0 : Array.IndexOf(_sources, layer is CellLayer cell ? cell.Source : layer);

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
            RefuseBoth(ofFirst, first, second);
        }
        else if (ofFirst != ofSecond)
        {
            _excluded.Add(Rank(ofFirst) > Rank(ofSecond) ? second : first);
        }
    }

    private void RefuseBoth(SettingsLayer layer, Field first, Field second)
    {
        Setting[] byLine = [.. new[] { layer[first.Path], layer[second.Path] }.OrderBy(setting => setting.Line ?? 0)];
        layer.Errors.Add(Together(byLine[1], byLine[0]));
    }

    private ConfigurationError Together(Setting setting, Setting other)
    {
        string where = other.Line is { } line ? FormattableString.Invariant($" (line {line})") : "";
        return setting.Error(setting.Path, $"given together with {_root.Canonical(other.Path)}{where}; keep one");
    }

    /// <summary>
    /// A source that gives a key, a list of what members have for it, or what excludes it, takes a weaker source's list out of the
    /// grid. What a variant says can't be changed by the grid of its file, nor one list of a source by the other.
    /// </summary>
    private void Settle(ListField list)
    {
        if (Winner(list) is not { } layer)
        {
            return;
        }

        IEnumerable<Field> excluding = Section.AllExclusions
            .Where(pair => pair.First == list.Item || pair.Second == list.Item)
            .Select(pair => pair.First == list.Item ? pair.Second : pair.First)
            .SelectMany(field => new Field?[] { field, Section.Grid.Find(field.Path) }).OfType<Field>();
        Field[] lists = [.. Section.Variation.Lists.Where(other => other.Item == list.Item)];
        foreach (Field rival in lists.Concat(excluding).Append(list.Item))
        {
            if (Winner(rival) is not { } other)
            {
                continue;
            }

            if (other == _variant && layer == _file)
            {
                other.Errors.Add(Together(other[rival.Path], layer[list.Path]));
            }
            else if (other == layer && lists.Contains(rival))
            {
                RefuseBoth(layer, rival, list);
            }
            else if (Rank(other) > Rank(layer))
            {
                _excluded.Add(list);
            }
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
            unmet = UsagesOf(field)
                .Where(usage => !_read.Misspelt.Contains(usage.Section) && !_read.Refused.Contains(usage.Decider))
                .Select(usage => Unmet(usage.Decider) ?? (usage.IsMetBy(usage.Decider.ToText(Value(usage.Decider))) ? null : usage))
                .FirstOrDefault(usage => usage is not null);
            _unmet.Add(field, unmet);
        }

        return unmet;
    }

    /// <summary>Whether a list of the grid has a use is seen in its cells.</summary>
    private static IEnumerable<Usage> UsagesOf(Field field) =>
        field is not ListField list ? Section.UsagesOf(field)
        : Section.Variation.Lists.Contains(list) ? Section.UsagesOf(list.Item)
        : [];

    /// <summary>What there is to say of a field without a use: to each layer that gives it, unless a stronger one decided so; a cell
    /// would differ from others in nothing then.</summary>
    private IEnumerable<(SettingsLayer Layer, ConfigurationError Error)> Complaints(Field field)
    {
        Usage unmet = Unmet(field)!;
        Field decider = unmet.Decider;
        return
            from layer in _layers
            where _read.Values.ContainsKey((layer, field)) && (layer is CellLayer || Rank(Winner(decider)) <= Rank(layer))
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
                GridNode => (ValueList<GridKey>)[.. Grid().Select(list => list.Key)],
                _ => Value((Field)child),
            });
        }

        return record;
    }

    private MemberVariation Variation() =>
        new([.. Given(Section.Variation).Select(list => new VariedKey(list.Item.Path, [.. ((object[])Value(list)!).Cast<double>()]))]);

    /// <summary>Empty for a cell, which has its values already.</summary>
    private IEnumerable<GridList> Grid() =>
        from list in _cell is null ? Given(Section.Grid) : []
        let layer = Winner(list)
        select new GridList(SourceRank(layer), layer[list.Path], list.Item, (object[])Value(list)!);

    /// <summary>The lists that have values, in the order in which the layers, the weakest first, name them.</summary>
    private IEnumerable<ListField> Given(ListsNode node) => _layers.SelectMany(layer => layer.Settings)
        .Select(setting => _root.Follow(setting.Path).Reached).OfType<ListField>().Distinct()
        .Where(list => node.Lists.Contains(list) && Value(list) is not null);

    private object? Value(Field field) =>
        _excluded.Contains(field) ? null
        : Unmet(field) is not null ? field.Default
        : Winner(field) is { } layer ? _read.Values[(layer, field)]
        : field.Default;
}
