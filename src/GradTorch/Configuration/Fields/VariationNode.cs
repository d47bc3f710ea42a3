using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>The key <c>members:vary</c>, which holds lists under the paths of other keys.</summary>
internal sealed class VariationNode : Node
{
    private readonly Lazy<IReadOnlyList<ListField>> _lists;

    public VariationNode(PropertyInfo property, string parentPath)
        : base(property, parentPath) => _lists = new(MakeLists);

    /// <summary>A list for each key that may vary. (Made late: their fields come after this one.)</summary>
    public IReadOnlyList<ListField> Lists => _lists.Value;

    /// <inheritdoc/>
    public override string Allowed => $"a section with lists for the keys {Keys}";

    private string Keys => string.Join(", ", Lists.Select(list => list.Item.Path));

    /// <summary>The list for the key of that path, in any case, or null.</summary>
    public ListField? Find(params ReadOnlySpan<string> path)
    {
        string text = string.Join(ConfigurationPath.KeyDelimiter, path!);
        return Lists.FirstOrDefault(list => list.Item.Path.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What is wrong with a key that is not in <see cref="Lists"/>.</summary>
    public string Complaint(string path)
    {
        (Node reached, string[] unknown) = Section.Experiment.Follow(path);
        if (reached is Field && unknown.Length == 0)
        {
            return $"{reached.Path} can't differ between members; allowed: {Keys}";
        }

        string name = path.Split(ConfigurationPath.KeyDelimiter)[^1];
        string? meant = NearestName.Find(path, Lists.Select(list => list.Item.Path))
            ?? Lists.FirstOrDefault(list => list.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Item.Path;
        return $"unknown key; allowed: {Keys}" + (meant is null ? "" : $"; did you mean '{meant}'?");
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["description"] = Description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(Lists.Select(list => KeyValuePair.Create(list.Item.Path, (JsonNode?)list.Schema()))),
    };

    /// <inheritdoc/>
    public override JsonNode ToJson(object? value) => new JsonObject(((MemberVariation)value!).Keys.Select(
        key => KeyValuePair.Create(key.Path, Find(key.Path)!.ToJson(key.Values))));

    private ListField[] MakeLists() =>
    [
        .. Section.Experiment.Sections
            .Where(section => section.Property?.GetCustomAttribute<SharedByMembersAttribute>() is null)
            .SelectMany(section => section.Children.OfType<Field>())
            .Where(field => field.Property!.GetCustomAttribute<VariesByMemberAttribute>() is not null)
            .Select(field => new ListField(field, Path)),
    ];
}
