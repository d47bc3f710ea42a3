using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>One of several names: of a registry, or of an enum.</summary>
internal sealed class ChoiceField(PropertyInfo property, string parentPath, object? standard, OneOfAttribute choice)
    : Field(property, parentPath, FoundKind.Text, standard)
{
    /// <summary>What the names are names of, with its article.</summary>
    public string Noun => choice.Noun;

    /// <inheritdoc/>
    public override string Allowed => string.Join(", ", choice.Names);

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => JsonValue.Create(
        value is Enum ? JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!) : (string)value);

    /// <inheritdoc/>
    protected override Reading Parse(Found found)
    {
        int index = choice.Names.ToList().IndexOf(found.Text);
        if (index >= 0)
        {
            return Reading.Accepted(
                choice.Enumeration is { } type ? Enum.Parse(type, Enum.GetNames(type)[index]) : found.Text);
        }

        string? nearest = NearestName.Find(found.Text, choice.Names);
        return Reading.Refused(
            $"{Found.Quote(found.Text)} is not {choice.Noun}; allowed: {Allowed}"
            + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
    }

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. choice.Names.Select(name => JsonValue.Create(name))]);
    }
}
