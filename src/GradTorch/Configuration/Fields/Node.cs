using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Fields;

/// <summary>A key of the experiment: a section or a field, read off a record's property.</summary>
internal abstract class Node
{
    protected Node(PropertyInfo property, string parentPath)
    {
        Property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Path = parentPath.Length == 0 ? Name : ConfigurationPath.Combine(parentPath, Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? throw new InvalidOperationException(
                $"{property.DeclaringType}.{property.Name} lacks its [Description].");
    }

    /// <summary>For the experiment itself, which is nobody's property.</summary>
    protected Node(string description) => (Name, Path, Description) = ("", "", description);

    public PropertyInfo? Property { get; }

    /// <summary>The key in canonical spelling.</summary>
    public string Name { get; }

    /// <summary>The keys from the root on, as in <c>model:depth</c>.</summary>
    public string Path { get; }

    /// <summary>One sentence for the user.</summary>
    public string Description { get; }

    /// <summary>What may stand here, for messages: "an integer from 1 to 10".</summary>
    public abstract string Allowed { get; }

    /// <summary>JSON schema of what may stand here.</summary>
    public abstract JsonObject Schema();

    /// <summary>JSON of a value of this key.</summary>
    public abstract JsonNode? ToJson(object? value);
}
