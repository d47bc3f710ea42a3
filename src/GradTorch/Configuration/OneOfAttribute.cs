using System.Reflection;
using System.Text.Json;

namespace GradTorch.Configuration;

/// <summary>The range of a field that holds a name: the names that are allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute : Attribute
{
    /// <param name="type">
    /// An enum, whose members are written in kebab case, or a registry: a type with a public static property
    /// <c>Names</c> that lists what is registered.
    /// </param>
    /// <param name="noun">What the names are names of, with its article: "an activation".</param>
    public OneOfAttribute(Type type, string noun)
    {
        Type = type;
        Noun = noun;
        Names = type.IsEnum
            ? [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]
            : (IReadOnlyList<string>)type
                .GetProperty("Names", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
    }

    /// <param name="noun">What the names are names of, with its article.</param>
    /// <param name="names">The names themselves, where nothing is registered yet.</param>
    public OneOfAttribute(string noun, params string[] names)
    {
        Noun = noun;
        Names = names;
    }

    public Type? Type { get; }

    public string Noun { get; }

    /// <summary>The allowed names, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names { get; }
}
