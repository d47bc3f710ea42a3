namespace GradTorch.Configuration;

/// <summary>
/// Of this field and another of its section at most one has a value. One source that gives both is in error; a source
/// that gives one takes away what a weaker source (or the default) says of the other, so <c>--training:steps 100</c>
/// shortens an experiment whose file counts epochs.
/// </summary>
/// <param name="other">Name of the other property. Both are nullable.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExcludesAttribute(string other) : Attribute
{
    public string Other { get; } = other;
}
