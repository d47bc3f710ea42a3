using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration.Fields;

/// <summary>A number of threads, with or without quotes, or <c>auto</c>.</summary>
internal sealed class ThreadCountField(PropertyInfo property, string parentPath, object? standard)
    : Field(property, parentPath, FoundKind.Text, standard)
{
    /// <inheritdoc/>
    public override string Allowed => FormattableString.Invariant($"an integer from 1 to {ThreadCount.Most}, or '{ThreadCount.Suiting}'");

    /// <inheritdoc/>
    protected override bool Holds(FoundKind kind) => kind is FoundKind.Text or FoundKind.Number;

    /// <inheritdoc/>
    protected override JsonNode ValueToJson(object value) => ((ThreadCount)value).Number is { } number
        ? JsonValue.Create(number)
        : JsonValue.Create(ThreadCount.Suiting);

    /// <inheritdoc/>
    protected override Reading Parse(Found found) =>
        found.Text == ThreadCount.Suiting ? Reading.Accepted(ThreadCount.Auto)
        : int.TryParse(found.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= ThreadCount.Most ? Reading.Accepted(new ThreadCount(number))
        : Refuse(found);

    /// <inheritdoc/>
    protected override void Describe(JsonObject schema) => schema["anyOf"] = new JsonArray(
        new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = ThreadCount.Most },
        new JsonObject { ["type"] = "string", ["pattern"] = $"^({ThreadCount.Suiting}|[0-9]+)$" });
}
