using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>A key that holds keys: one record of the experiment, read off its type.</summary>
internal sealed class Section : Node
{
    /// <param name="defaults">The record where no source says anything: its fields have their defaults from it.</param>
    private Section(object defaults, PropertyInfo property, string parentPath)
        : base(property, parentPath) => (Record, Children) = (defaults.GetType(), ChildrenOf(defaults, Path));

    private Section(object defaults, string description)
        : base(description) => (Record, Children) = (defaults.GetType(), ChildrenOf(defaults, Path));

    private Section(Section whole, string[] without)
        : base(whole.Description) => (Record, Children) =
            (whole.Record, [.. whole.Children.Where(child => !without.Contains(child.Property!.Name))]);

    /// <summary>The whole experiment.</summary>
    public static Section Experiment { get; } = new(new Experiment(), "An experiment of GradTorch.");

    /// <summary>What a variant of a study may hold: all but what the variants share. Its keys are the experiment's.</summary>
    public static Section Variant { get; } = new(Experiment, [
        nameof(Configuration.Experiment.Name), nameof(Configuration.Experiment.Output), nameof(Configuration.Experiment.Study),
    ]);

    /// <summary>What members may have values of their own for.</summary>
    public static VariationNode Variation { get; } = Experiment.Descendants.OfType<VariationNode>().Single();

    /// <summary>The variants of a study.</summary>
    public static VariantsNode Variants { get; } = Experiment.Descendants.OfType<VariantsNode>().Single();

    /// <summary>What the variants of a study are crossed with.</summary>
    public static GridNode Grid { get; } = Experiment.Descendants.OfType<GridNode>().Single();

    /// <summary>The pairs of fields of the experiment of which at most one has a value.</summary>
    public static IReadOnlyList<(Field First, Field Second)> AllExclusions { get; } =
        [.. Experiment.Sections.SelectMany(section => section.Exclusions)];

    private static ILookup<Field, Usage> AllUsages { get; } =
        Experiment.Sections.SelectMany(section => section.Usages).ToLookup(usage => usage.Field);

    public Type Record { get; }

    /// <summary>The keys of this section, in the order of the record's properties.</summary>
    public IReadOnlyList<Node> Children { get; }

    /// <summary>This section and all below it, outermost first.</summary>
    public IEnumerable<Section> Sections =>
        Children.OfType<Section>().SelectMany(child => child.Sections).Prepend(this);

    /// <summary>All fields of this section and below.</summary>
    public IEnumerable<Field> Fields => Descendants.OfType<Field>();

    /// <summary>All keys of this section and below.</summary>
    public IEnumerable<Node> Descendants => Sections.SelectMany(section => section.Children);

    /// <summary>The pairs of fields of this section of which at most one has a value.</summary>
    public IEnumerable<(Field First, Field Second)> Exclusions =>
        from first in Children.OfType<Field>()
        let excludes = first.Property!.GetCustomAttribute<ExcludesAttribute>()
        where excludes is not null
        select (first, (Field)Child(excludes.Other)!);

    /// <summary>The fields of this section, and of those in it, that have a meaning only with a value of another.</summary>
    public IEnumerable<Usage> Usages =>
        from child in Children
        let usedWith = child.Property!.GetCustomAttribute<UsedWithAttribute>()
        where usedWith is not null
        from used in child is Section inner ? inner.Fields : [(Field)child]
        select new Usage(this, child.Name, used, (ChoiceField)Child(usedWith.Other)!, usedWith);

    /// <summary>What a field of the experiment needs to have a meaning, of the outermost sections first.</summary>
    public static IEnumerable<Usage> UsagesOf(Field field) => AllUsages[field];

    /// <inheritdoc/>
    public override string Allowed => $"a section with the keys {Keys}";

    /// <summary>The keys for messages.</summary>
    public string Keys => string.Join(", ", Children.Select(child => child.Name));

    /// <summary>The key of that name, in any case, or null.</summary>
    public Node? Child(string name) =>
        Children.FirstOrDefault(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Follows a path as far as its keys are known: the node reached, and the keys that are left over.
    /// </summary>
    public (Node Reached, string[] Unknown) Follow(string path)
    {
        string[] keys = path.Length == 0 ? [] : path.Split(ConfigurationPath.KeyDelimiter);
        Node reached = this;
        int known = 0;
        while (known < keys.Length && (reached as Section)?.Child(keys[known]) is { } child)
        {
            reached = child;
            known++;
        }

        return reached is ListsNode lists && lists.Find(keys.AsSpan(known)) is { } list
            ? (list, [])
            : (reached, keys[known..]);
    }

    /// <summary>The path in canonical spelling as far as its keys are known, and on one line.</summary>
    public string Canonical(string path)
    {
        (Node reached, string[] unknown) = Follow(path);
        IEnumerable<string> rest = unknown.Select(Found.OneLine);
        return ConfigurationPath.Combine(reached == this ? rest : rest.Prepend(reached.Path));
    }

    /// <summary>
    /// What is wrong with a key that this section does not have. Suggests a key of it with a similar name, else the one key of that
    /// name elsewhere, else (for <c>model.depth</c>, of which no part is known) a similar path.
    /// </summary>
    public string Complaint(string key, string path)
    {
        var namesakes = Experiment.Descendants
            .Where(node => node.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        string? meant = NearestName.Find(key, Children.Select(child => child.Name))
            ?? (namesakes is [var only] ? only.Path : null)
            ?? (Path.Length == 0 ? NearestName.Find(path, Experiment.Descendants.Select(node => node.Path)) : null);
        return $"unknown key; allowed: {Keys}" + (meant is null ? "" : $"; did you mean '{meant}'?");
    }

    /// <summary>Whether a key of this section has a meaning beside what a record of it holds.</summary>
    public bool HasUse(Node child, object record) => Usages.FirstOrDefault(usage => usage.Key == child.Name) is not { } usage
        || (HasUse(usage.Decider, record) && usage.IsMetBy(usage.Decider.ToText(usage.Decider.Property!.GetValue(record))));

    /// <summary>A record of this section and the records below it, each with its section, outermost first.</summary>
    public IEnumerable<(Section Section, object Record)> Records(object record) =>
        Children.OfType<Section>().SelectMany(child => child.Records(child.Property!.GetValue(record)!)).Prepend((this, record));

    /// <summary>A copy of a record of this section in which a field of this section or below has another value.</summary>
    public object With(object record, Field field, object value)
    {
        object copy = Activator.CreateInstance(Record)!;
        foreach (Node child in Children)
        {
            object? old = child.Property!.GetValue(record);
            child.Property.SetValue(
                copy, child == field ? value : child is Section inner && inner.Holds(field) ? inner.With(old!, field, value) : old);
        }

        return copy;
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (Node child in Children)
        {
            properties[child.Name] = child.Schema();
        }

        var schema = new JsonObject
        {
            ["description"] = Description,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        var exclusions = Exclusions.Select(pair => (JsonNode)NotBoth(pair.First, pair.Second)).ToArray();
        if (exclusions.Length > 0)
        {
            schema["allOf"] = new JsonArray(exclusions);
        }

        return schema;
    }

    /// <summary>The keys that have a use beside the others, with what they have.</summary>
    public override JsonNode ToJson(object? value)
    {
        var json = new JsonObject();
        foreach (Node child in Children.Where(child => HasUse(child, value!)))
        {
            json[child.Name] = child.ToJson(child.Property!.GetValue(value));
        }

        return json;
    }

    private static Node[] ChildrenOf(object defaults, string path) =>
    [
        .. defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.MetadataToken)
            .Select(property => ChildOf(property, path, property.GetValue(defaults))),
    ];

    private bool Holds(Field field) =>
        field.Path.StartsWith(Path + ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static Node ChildOf(PropertyInfo property, string path, object? standard)
    {
        Type type = property.PropertyType;
        return type == typeof(MemberVariation) ? new VariationNode(property, path)
            : type == typeof(StudyVariants) ? new VariantsNode(property, path)
            : type == typeof(ValueList<GridKey>) ? new GridNode(property, path)
            : IsSection(type) ? new Section(standard!, property, path)
            : Field.Of(property, path, standard);
    }

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && type != typeof(TextList);

    private static JsonObject NotBoth(Field first, Field second)
    {
        static JsonObject HasValue() => new() { ["not"] = new JsonObject { ["type"] = "null" } };
        return new JsonObject
        {
            ["not"] = new JsonObject
            {
                ["required"] = new JsonArray(first.Name, second.Name),
                ["properties"] = new JsonObject { [first.Name] = HasValue(), [second.Name] = HasValue() },
            },
        };
    }
}
