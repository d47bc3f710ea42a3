namespace GradTorch.Configuration;

/// <summary>
/// A field that members of an ensemble may have values of their own for (<c>members:vary</c>). Only what enters a step as
/// a tensor can: never a shape or a name. The property is a double.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VariesByMemberAttribute : Attribute;
