using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>The key <c>study:variants</c>, which holds parts of an experiment under names of the user's choice.</summary>
internal sealed partial class VariantsNode(PropertyInfo property, string parentPath) : Node(property, parentPath)
{
    /// <summary>What the name of a variant may be, for messages.</summary>
    public const string AllowedNames = "1 to 100 characters with a letter or digit among them and without ':'";

    /// <inheritdoc/>
    public override string Allowed => "a section with a section for each variant";

    public static bool IsName(string name) => NamePattern().IsMatch(name) && !name.Any(char.IsControl);

    /// <summary>Splits <c>study:variants:NAME:model:depth</c> into the name and the path in the variant, which is empty for
    /// the variant itself. Null for a path that is in no variant.</summary>
    public (string Name, string Path)? Split(string path)
    {
        string prefix = Path + ConfigurationPath.KeyDelimiter;
        if (!path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] parts = path[prefix.Length..].Split(ConfigurationPath.KeyDelimiter, 2);
        return (parts[0], parts.Length == 2 ? parts[1] : "");
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["description"] = Description,
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = NamePattern().ToString() },
        ["additionalProperties"] = new JsonObject
        {
            ["$ref"] = "#",
            ["properties"] = new JsonObject(
                Section.Experiment.Children.Except(Section.Variant.Children).Select(child => child.Name)
                    .Prepend(ExperimentLoader.SchemaKey)
                    .Select(key => KeyValuePair.Create(key, (JsonNode?)false))),
        },
    };

    /// <inheritdoc/>
    public override JsonNode ToJson(object? value) => new JsonObject(((StudyVariants)value!).All.Select(
        variant => KeyValuePair.Create(variant.Name, (JsonNode?)Section.Variant.ToJson(variant.Experiment))));

    [GeneratedRegex(@"^(?=.*[\p{L}\p{Nd}])[^:\p{Cc}]{1,100}$")]
    private static partial Regex NamePattern();
}
