using System.ComponentModel.DataAnnotations;
using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration;

/// <summary>Makes one experiment of several layers, or says all that is wrong with them.</summary>
/// <param name="layers">The weakest first.</param>
internal sealed class ExperimentResolver(params SettingsLayer[] layers)
{
    private readonly Section _root = Section.Experiment;

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

    /// <exception cref="ConfigurationException">A layer is in error.</exception>
    public Experiment Resolve()
    {
        // Making the root loads the layers.
        using var configuration = new ConfigurationRoot(layers);
        foreach (SettingsLayer layer in layers)
        {
            ReadValues(layer);
        }

        foreach ((Field first, Field second) in _root.Sections.SelectMany(section => section.Exclusions))
        {
            Exclude(first, second);
        }

        foreach (Usage usage in _root.Sections.Where(section => !_misspelt.Contains(section)).SelectMany(section => section.Usages))
        {
            CheckUse(usage);
        }

        var experiment = (Experiment)Build(_root);
        ConfigurationError[] errors =
        [
            .. layers.SelectMany(layer => layer.Errors.OrderBy(error => error.Line ?? 0))
                .Select(error => error with { Path = _root.Canonical(error.Path) })
                .Distinct(),
        ];
        return errors.Length == 0 ? experiment : throw new ConfigurationException(errors);
    }

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
        if (reached is Field field)
        {
            return ReadValue(layer, setting, field, found);
        }

        var section = (Section)reached;
        return unknown.Length > 0 ? UnknownKey(setting, section, unknown[0])
            : found.Kind == FoundKind.Section ? null
            : setting.Error(section.Path, $"found {found}; allowed: {section.Allowed}");
    }

    private ConfigurationError? ReadValue(SettingsLayer layer, Setting setting, Field field, Found found)
    {
        if (found.Kind == FoundKind.Null && field.IsOptional)
        {
            return null;
        }

        Reading reading = field.Read(found);
        if (reading.Complaint is { } complaint)
        {
            _refused.Add(field);
            return setting.Error(field.Path, complaint);
        }

        _values.Add((layer, field), reading.Value!);
        return null;
    }

    /// <summary>
    /// Suggests a key of the same section with a similar name, else the one key of that name elsewhere, else (for
    /// <c>model.depth</c>, of which no part is known) a similar path.
    /// </summary>
    private ConfigurationError UnknownKey(Setting setting, Section section, string key)
    {
        _misspelt.Add(section);
        var namesakes = _root.Descendants
            .Where(node => node.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        string? meant = NearestName.Find(key, section.Children.Select(child => child.Name))
            ?? (namesakes is [var only] ? only.Path : null)
            ?? (section == _root ? NearestName.Find(setting.Path, _root.Descendants.Select(node => node.Path)) : null);
        return setting.Error(
            section == _root ? key : ConfigurationPath.Combine(section.Path, key),
            $"unknown key; allowed: {section.Keys}" + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }

    /// <summary>The strongest layer that gives the field a value, or null.</summary>
    private SettingsLayer? Winner(Field field) =>
        layers.LastOrDefault(layer => layer.TryGet(field.Path, out _) && _values.ContainsKey((layer, field)));

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
            _excluded.Add(Array.IndexOf(layers, ofFirst) > Array.IndexOf(layers, ofSecond) ? second : first);
        }
    }

    private void CheckUse(Usage usage)
    {
        (Field field, Field decider) = (usage.Field, usage.Decider);
        string decided = decider.ToJson(Value(decider))!.ToString();
        if (usage.Values.Contains(decided) || _refused.Contains(decider)
            || Winner(field) is not { } layer || _values[(layer, field)].Equals(field.Default))
        {
            return;
        }

        if (Array.IndexOf(layers, Winner(decider)) > Array.IndexOf(layers, layer))
        {
            _unused.Add(field);
            return;
        }

        Setting setting = layer[field.Path];
        layer.Errors.Add(setting.Error(
            field.Path, $"found {setting.Found}, but {decider.Path} is {decided}; allowed: only with {usage.Allowed}"));
    }

    private object Build(Section section)
    {
        object record = Activator.CreateInstance(section.Record)!;
        foreach (Node child in section.Children)
        {
            child.Property!.SetValue(record, child is Section inner ? Build(inner) : Value((Field)child));
        }

        if (record is IValidatableObject rules
            && !_misspelt.Contains(section) && layers.All(layer => layer.IsComplete))
        {
            CheckRules(section, rules);
        }

        return record;
    }

    private object? Value(Field field) =>
        _excluded.Contains(field) ? null
        : _unused.Contains(field) ? field.Default
        : Winner(field) is { } layer ? _values[(layer, field)]
        : field.Default;

    /// <summary>
    /// A broken rule is an error of its first field, found where the first of its fields that was given stands:
    /// defaults alone break no rule.
    /// </summary>
    private void CheckRules(Section section, IValidatableObject record)
    {
        // A rule names a field of a section in its section as Section:Field.
        foreach (ValidationResult broken in record.Validate(new ValidationContext(record)))
        {
            Field[] fields = [.. broken.MemberNames.Select(name => (Field)section.Follow(name).Reached)];
            if (!_refused.Overlaps(fields))
            {
                Field given = fields.First(field => Winner(field) is not null);
                SettingsLayer layer = Winner(given)!;
                layer.Errors.Add(layer[given.Path].Error(fields[0].Path, broken.ErrorMessage!));
            }
        }
    }
}
