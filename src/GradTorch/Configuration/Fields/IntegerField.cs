using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>A 32-bit integer, written with digits only.</summary>
internal sealed class IntegerField(PropertyInfo property, string parentPath, object? standard, RangeAttribute range)
    : Field(property, parentPath, FoundKind.Number, standard)
{
    private readonly int _minimum = (int)range.Minimum;
    private readonly int _maximum = (int)range.Maximum;

    /// <inheritdoc/>
    public override string Allowed => FormattableString.Invariant($"an integer from {_minimum} to {_maximum}");

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => JsonValue.Create((int)value);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) =>
        int.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        && value >= _minimum && value <= _maximum
            ? Reading.Accepted(value)
            : Refuse(found);

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "integer";
        schema["minimum"] = _minimum;
        schema["maximum"] = _maximum;
    }
}
