namespace GradTorch.Configuration;

/// <summary>The variants of a study, in the order of the file.</summary>
public sealed class StudyVariants(params IReadOnlyList<StudyVariant> all) : IEquatable<StudyVariants>
{
    public static StudyVariants None { get; } = new();

    public IReadOnlyList<StudyVariant> All { get; } = [.. all];

    public bool Equals(StudyVariants? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as StudyVariants);

    public override int GetHashCode() => All.Aggregate(All.Count, HashCode.Combine);
}

/// <summary>One named setting of a study.</summary>
/// <param name="Experiment">The whole experiment with this variant's keys: name and output are the study's, and it has no
/// study of its own.</param>
public sealed record StudyVariant(string Name, Experiment Experiment)
{
    /// <summary>What it has for each key of the study's grid; empty without one.</summary>
    public ValueList<GridValue> Grid { get; init; } = [];
}
