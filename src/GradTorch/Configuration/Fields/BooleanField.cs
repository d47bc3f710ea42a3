using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>true or false.</summary>
internal sealed class BooleanField(PropertyInfo property, string parentPath, object? standard)
    : Field(property, parentPath, FoundKind.Boolean, standard)
{
    /// <inheritdoc/>
    public override string Allowed => "true, false";

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => JsonValue.Create((bool)value);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) => found.Text switch
    {
        "true" => Reading.Accepted(true),
        "false" => Reading.Accepted(false),
        _ => Refuse(found),
    };

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema) => schema["type"] = "boolean";
}
