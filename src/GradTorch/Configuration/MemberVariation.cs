namespace GradTorch.Configuration;

/// <summary>The keys that members have values of their own for, in the order of the file.</summary>
public sealed class MemberVariation(params IReadOnlyList<VariedKey> keys) : IEquatable<MemberVariation>
{
    public static MemberVariation None { get; } = new();

    public IReadOnlyList<VariedKey> Keys { get; } = [.. keys];

    public bool Equals(MemberVariation? other) => other is not null && Keys.SequenceEqual(other.Keys);

    public override bool Equals(object? obj) => Equals(obj as MemberVariation);

    public override int GetHashCode() => Keys.Aggregate(Keys.Count, HashCode.Combine);
}
