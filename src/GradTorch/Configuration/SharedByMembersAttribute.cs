namespace GradTorch.Configuration;

/// <summary>Fields of a section that all members of an ensemble share, though the same fields elsewhere vary.</summary>
/// <param name="names">Of the properties.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SharedByMembersAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
