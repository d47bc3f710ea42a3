using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>
/// Values of another field, one for each of several members: a list in a file, <c>0.1,0.01</c> on the command line.
/// </summary>
internal sealed class ListField : Field
{
    public ListField(Field item, string parentPath)
        : base(item.Property!, ConfigurationPath.Combine(parentPath, ConfigurationPath.GetParentPath(item.Path)!), FoundKind.List, null)
    {
        Item = item;
        IsOptional = true;
    }

    /// <summary>The field whose values these are.</summary>
    public Field Item { get; }

    /// <inheritdoc/>
    public override string Allowed => $"a list of values, each {Item.Allowed}";

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) =>
        new JsonArray([.. ((IReadOnlyList<double>)value).Select(item => Item.ToJson(item))]);

    /// <inheritdoc/>
    protected override Reading Parse(Found found)
    {
        IReadOnlyList<Found> items = found.Items
            ?? [.. found.Text.Split(',', StringSplitOptions.TrimEntries).Select(text => new Found(FoundKind.Word, text))];
        if (items.Count == 0)
        {
            return Reading.Refused($"found an empty list; allowed: {Allowed}");
        }

        Reading[] readings = [.. items.Select(Item.Read)];
        int bad = Array.FindIndex(readings, reading => reading.Complaint is not null);
        return bad < 0
            ? Reading.Accepted((double[])[.. readings.Select(reading => (double)reading.Value!)])
            : Reading.Refused(FormattableString.Invariant($"value {bad + 1} of {items.Count}: {readings[bad].Complaint}"));
    }

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "array";
        schema["items"] = Item.ValueSchema();
        schema["minItems"] = 1;
    }
}
