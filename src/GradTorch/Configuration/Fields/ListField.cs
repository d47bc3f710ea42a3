using System.Collections;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>
/// Values of another field, one for each of several members or variants: a list in a file, <c>0.1,0.01</c> on the command line.
/// </summary>
internal sealed class ListField : Field
{
    private readonly bool _takesTwice;

    /// <param name="takesTwice">Whether it may hold a value more than once.</param>
    public ListField(Field item, string parentPath, bool takesTwice)
        : base(item.Property!, PathIn(parentPath, item), FoundKind.List, null)
    {
        Item = item;
        IsOptional = true;
        _takesTwice = takesTwice;
    }

    /// <summary>The field whose values these are.</summary>
    public Field Item { get; }

    /// <inheritdoc/>
    public override string Allowed => $"a list of values, each {Item.Allowed}";

    /// <summary>The values of a list as they stand in its source.</summary>
    public static IReadOnlyList<Found> ItemsOf(Found list) => list.Items
        ?? [.. list.Text.Split(',', StringSplitOptions.TrimEntries).Select(text => new Found(FoundKind.Word, text))];

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) =>
        new JsonArray([.. ((IEnumerable)value).Cast<object>().Select(Item.ToJson)]);

    /// <inheritdoc/>
    protected override Reading Parse(Found found)
    {
        IReadOnlyList<Found> items = ItemsOf(found);
        if (items.Count == 0)
        {
            return Reading.Refused($"found an empty list; allowed: {Allowed}");
        }

        Reading[] readings = [.. items.Select(Item.Read)];
        int bad = Array.FindIndex(readings, reading => reading.Complaint is not null);
        if (bad >= 0)
        {
            return Reading.Refused(FormattableString.Invariant($"value {bad + 1} of {items.Count}: {readings[bad].Complaint}"));
        }

        object[] values = [.. readings.Select(reading => reading.Value!)];
        return !_takesTwice && values.GroupBy(value => value).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? Reading.Refused(FormattableString.Invariant($"found {Item.ToText(twice.Key)} {twice.Count()} times; allowed: each value once"))
            : Reading.Accepted(values);
    }

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "array";
        schema["items"] = Item.ValueSchema();
        schema["minItems"] = 1;
        if (!_takesTwice)
        {
            schema["uniqueItems"] = true;
        }
    }

    private static string PathIn(string parentPath, Field item) =>
        ConfigurationPath.GetParentPath(item.Path) is { } section ? ConfigurationPath.Combine(parentPath, section) : parentPath;
}
