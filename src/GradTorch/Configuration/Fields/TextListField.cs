using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>Texts: a JSON list in a file, separated by commas on the command line and in the environment.</summary>
internal sealed class TextListField(PropertyInfo property, string parentPath, object? standard)
    : Field(property, parentPath, FoundKind.List, standard)
{
    /// <inheritdoc/>
    public override string Allowed => "a list of texts that are not empty, on the command line separated by commas";

    /// <inheritdoc/>
    public override string ToText(object? value) => ((TextList)value!).ToString();

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) =>
        new JsonArray([.. ((TextList)value).Select(text => JsonValue.Create(text))]);

    /// <inheritdoc/>
    protected override Reading Parse(Found found)
    {
        if (found.Kind == FoundKind.Word)
        {
            return Accept(found.Text.Length == 0 ? [] : found.Text.Split(','), found);
        }

        Found[] others = [.. found.Items!.Where(item => item.Kind != FoundKind.Text)];
        return others.Length == 0
            ? Accept([.. found.Items!.Select(item => item.Text)], found)
            : Reading.Refused($"found a list with {Found.Quote(others[0].Text)}; allowed: {Allowed}");
    }

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "array";
        schema["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
    }

    private Reading Accept(string[] texts, Found found) =>
        texts.All(text => text.Length > 0)
            ? Reading.Accepted(TextList.Create(texts))
            : found.Kind == FoundKind.Word ? Refuse(found) : Reading.Refused($"found a list with ''; allowed: {Allowed}");
}
