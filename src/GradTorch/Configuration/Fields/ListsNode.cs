using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>A key that holds lists under the paths of other keys, as in <c>"model:depth": [5, 20]</c>.</summary>
internal abstract class ListsNode : Node
{
    private readonly Lazy<IReadOnlyList<ListField>> _lists;

    /// <param name="takesTwice">Whether a list may hold a value more than once.</param>
    protected ListsNode(PropertyInfo property, string parentPath, bool takesTwice)
        : base(property, parentPath) => _lists = new(() => [.. Items().Select(item => new ListField(item, Path, takesTwice))]);

    /// <summary>A list for each key that may be named. (Made late: their fields come after this one.)</summary>
    public IReadOnlyList<ListField> Lists => _lists.Value;

    /// <summary>The list for the key of that path, in any case, or null.</summary>
    public ListField? Find(params ReadOnlySpan<string> path)
    {
        string text = string.Join(ConfigurationPath.KeyDelimiter, path!);
        return Lists.FirstOrDefault(list => list.Item.Path.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What is wrong with a key that is not in <see cref="Lists"/>.</summary>
    public abstract string Complaint(string path);

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["description"] = Description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(Lists.Select(list => KeyValuePair.Create(list.Item.Path, (JsonNode?)list.Schema()))),
    };

    /// <summary>The fields that there are lists of.</summary>
    protected abstract IEnumerable<Field> Items();
}
