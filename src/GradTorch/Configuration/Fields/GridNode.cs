using System.Reflection;
using System.Text.Json.Nodes;

namespace GradTorch.Configuration.Fields;

/// <summary>The key <c>study:grid</c>.</summary>
internal sealed class GridNode(PropertyInfo property, string parentPath) : ListsNode(property, parentPath, takesTwice: false)
{
    private const string Keys = "keys with one value that a variant may set, as in model:depth";

    /// <inheritdoc/>
    public override string Allowed => $"a section with lists for {Keys}";

    /// <inheritdoc/>
    public override string Complaint(string path) => Section.Experiment.Follow(path) switch
    {
        (Section section, [var key, ..]) => (section == Section.Experiment ? Section.Variant : section).Complaint(key, path),
        (Section section, []) when Section.Variant.Sections.Contains(section) =>
            $"{section.Path} is a section; allowed: the path of one of its keys, as in {section.Fields.First().Path}",
        (Field field, [_, ..]) when Find(field.Path) is not null => $"unknown key; allowed: {Keys}; did you mean '{field.Path}'?",
        (var reached, _) => $"{reached.Path} can't be in a grid; allowed: {Keys}",
    };

    /// <summary>Nothing: what is written are the variants that it makes, each of them whole.</summary>
    public override JsonNode ToJson(object? value) => new JsonObject();

    /// <inheritdoc/>
    protected override IEnumerable<Field> Items() => Section.Variant.Fields.Where(field => field is not TextListField);
}
