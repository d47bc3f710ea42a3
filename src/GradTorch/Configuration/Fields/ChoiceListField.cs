using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>Any of several names, each once: a JSON list in a file, separated by commas on the command line and in the
/// environment.</summary>
internal sealed class ChoiceListField(PropertyInfo property, string parentPath, object? standard, OneOfAttribute choice)
    : Field(property, parentPath, FoundKind.List, standard)
{
    /// <inheritdoc/>
    public override string Allowed => $"a list of {string.Join(", ", choice.Names)}; on the command line separated by commas";

    /// <inheritdoc/>
    public override string ToText(object? value) => ((TextList)value!).ToString();

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) =>
        new JsonArray([.. ((TextList)value).Select(name => JsonValue.Create(name))]);

    /// <inheritdoc/>
    protected override Reading Parse(Found found)
    {
        string[] names = found.Items is { } items ? [.. items.Select(item => item.Text)]
            : found.Text.Length == 0 ? [] : found.Text.Split(',', StringSplitOptions.TrimEntries);
        if (names.FirstOrDefault(name => !choice.Names.Contains(name)) is { } unknown)
        {
            string? nearest = NearestName.Find(unknown, choice.Names);
            return Reading.Refused(
                $"{Found.Quote(unknown)} is not {choice.Noun}; allowed: {Allowed}"
                + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }

        return names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? Reading.Refused($"found '{twice.Key}' {twice.Count()} times; allowed: each once")
            : Reading.Accepted(TextList.Create(names));
    }

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "array";
        schema["items"] = new JsonObject { ["enum"] = new JsonArray([.. choice.Names.Select(name => JsonValue.Create(name))]) };
        schema["uniqueItems"] = true;
    }
}
