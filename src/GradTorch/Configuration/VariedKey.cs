namespace GradTorch.Configuration;

/// <summary>A key of the experiment that members have values of their own for.</summary>
/// <param name="path">As in <c>training:optimizer:lr</c>.</param>
/// <param name="values">At least one.</param>
public sealed class VariedKey(string path, IReadOnlyList<double> values) : IEquatable<VariedKey>
{
    public string Path { get; } = path;

    public IReadOnlyList<double> Values { get; } = [.. values];

    public bool Equals(VariedKey? other) => other is not null && Path == other.Path && Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as VariedKey);

    public override int GetHashCode() => HashCode.Combine(Path, Values.Count, Values[0]);
}
