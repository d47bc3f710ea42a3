using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>The key <c>members:vary</c>. What is zipped may have a value twice.</summary>
internal sealed class VariationNode(PropertyInfo property, string parentPath) : ListsNode(property, parentPath, takesTwice: true)
{
    /// <inheritdoc/>
    public override string Allowed => $"a section with lists for the keys {Keys}";

    private string Keys => string.Join(", ", Lists.Select(list => list.Item.Path));

    /// <inheritdoc/>
    public override string Complaint(string path)
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
    public override JsonNode ToJson(object? value) => new JsonObject(((MemberVariation)value!).Keys.Select(
        key => KeyValuePair.Create(key.Path, Find(key.Path)!.ToJson(key.Values))));

    /// <inheritdoc/>
    protected override IEnumerable<Field> Items() => Section.Experiment.Sections
        .SelectMany(section => section.Children.OfType<Field>().Where(
            field => section.Property?.GetCustomAttribute<SharedByMembersAttribute>()?.Names.Contains(field.Property!.Name) is not true))
        .Where(field => field.Property!.GetCustomAttribute<VariesByMemberAttribute>() is not null);
}
