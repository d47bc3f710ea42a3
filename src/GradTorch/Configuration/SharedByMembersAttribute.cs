namespace GradTorch.Configuration;

/// <summary>A section that all members of an ensemble share, though the same section elsewhere has fields that vary.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SharedByMembersAttribute : Attribute;
