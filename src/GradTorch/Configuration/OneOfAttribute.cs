using System.Text.Json;

namespace GradTorch.Configuration;

/// <summary>The range of a field that holds a name: the names that are allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute : Attribute
{
    /// <param name="enumeration">Its members are written in kebab case.</param>
    /// <param name="noun">What the names are names of, with its article: "a place to join".</param>
    public OneOfAttribute(Type enumeration, string noun)
    {
        Enumeration = enumeration;
        Noun = noun;
        Names = [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
    }

    /// <param name="noun">What the names are names of, with its article, as at their <see cref="RegistryOfAttribute"/>: "an
    /// activation".</param>
    public OneOfAttribute(string noun)
    {
        Noun = noun;
        Names = RegistryOfAttribute.NamesOf(noun);
    }

    /// <summary>Null for what is registered.</summary>
    public Type? Enumeration { get; }

    public string Noun { get; }

    /// <summary>The allowed names, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names { get; }
}
