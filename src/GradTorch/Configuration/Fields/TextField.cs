using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>Text that is not empty and, where the property has a pattern, matches all of it.</summary>
internal sealed class TextField(PropertyInfo property, string parentPath, object? standard)
    : Field(property, parentPath, FoundKind.Text, standard)
{
    private readonly RegularExpressionAttribute? _pattern = property.GetCustomAttribute<RegularExpressionAttribute>();

    /// <inheritdoc/>
    public override string Allowed => _pattern?.ErrorMessage ?? "text that is not empty";

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => JsonValue.Create((string)value);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) =>
        found.Text.Length > 0 && _pattern?.IsValid(found.Text) != false ? Reading.Accepted(found.Text) : Refuse(found);

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        if (_pattern is null)
        {
            schema["minLength"] = 1;
        }
        else
        {
            schema["pattern"] = $"^(?:{_pattern.Pattern})$";
        }
    }
}
