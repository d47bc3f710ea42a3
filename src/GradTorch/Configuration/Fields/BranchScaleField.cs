using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>A factor that is a number above 0, with or without quotes, or <c>1/sqrt(depth)</c>.</summary>
internal sealed class BranchScaleField(PropertyInfo property, string parentPath, object? standard)
    : Field(property, parentPath, FoundKind.Text, standard)
{
    private const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <inheritdoc/>
    public override string Allowed => $"a finite number above 0, or '{BranchScale.InverseRootDepth}'";

    /// <inheritdoc/>
    protected override bool Holds(FoundKind kind) => kind is FoundKind.Text or FoundKind.Number;

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => ((BranchScale)value).Number is { } number
        ? JsonValue.Create(number)
        : JsonValue.Create(BranchScale.InverseRootDepth);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) =>
        found.Text == BranchScale.InverseRootDepth ? Reading.Accepted(new BranchScale(null))
        : double.TryParse(found.Text, Styles, CultureInfo.InvariantCulture, out double number)
            && number > 0 && double.IsFinite(number) ? Reading.Accepted(new BranchScale(number))
        : Refuse(found);

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema) => schema["anyOf"] = new JsonArray(
        new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 },
        new JsonObject
        {
            ["type"] = "string", ["pattern"] = @"^(1/sqrt\(depth\)|[0-9]+\.?[0-9]*([eE][+-]?[0-9]+)?)$",
        });
}
