namespace GradTorch.Configuration;

/// <summary>
/// This field, or every field of this section, has a meaning only while another field of the section it stands in has one
/// of some values, and a use itself. Giving it a value without that is an error, its default too, unless a stronger source gives
/// the other field (<c>--model:kind mlp</c> takes the skips of a residual experiment away), or it is given for all variants of a
/// study and one of them has a use for it.
/// </summary>
/// <param name="other">Name of the other property, which holds a name.</param>
/// <param name="values">The values of it that this is used with; none where its registry says so.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UsedWithAttribute(string other, params string[] values) : Attribute
{
    public string Other { get; } = other;

    public IReadOnlyList<string> Values { get; } = values;

    /// <summary>The one value that this is not used with, in place of those that it is.</summary>
    public string? Except { get; init; }
}
