using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>A finite float64.</summary>
internal sealed class NumberField(PropertyInfo property, string parentPath, object? standard, RangeAttribute range)
    : Field(property, parentPath, FoundKind.Number, standard)
{
    private const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly double _minimum = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
    private readonly double _maximum = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string Allowed
    {
        get
        {
            var bounds = new List<string>();
            if (double.IsFinite(_minimum))
            {
                string above = range.MinimumIsExclusive ? "above" : "of at least";
                bounds.Add(FormattableString.Invariant($"{above} {_minimum}"));
            }

            if (double.IsFinite(_maximum))
            {
                string below = range.MaximumIsExclusive ? "below" : "at most";
                bounds.Add(FormattableString.Invariant($"{below} {_maximum}"));
            }

            return bounds.Count == 0 ? "a finite number" : $"a finite number {string.Join(" and ", bounds)}";
        }
    }

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => JsonValue.Create((double)value);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) =>
        double.TryParse(found.Text, Styles, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
        && (range.MinimumIsExclusive ? value > _minimum : value >= _minimum)
        && (range.MaximumIsExclusive ? value < _maximum : value <= _maximum)
            ? Reading.Accepted(value)
            : Refuse(found);

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "number";
        if (double.IsFinite(_minimum))
        {
            schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = _minimum;
        }

        if (double.IsFinite(_maximum))
        {
            schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = _maximum;
        }
    }
}
