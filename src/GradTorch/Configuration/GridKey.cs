namespace GradTorch.Configuration;

/// <summary>A key of a study's grid, with its values in the order in which they were written.</summary>
/// <param name="Path">As in <c>model:depth</c>.</param>
/// <param name="Values">At least one, none of them twice.</param>
public sealed record GridKey(string Path, ValueList<GridValue> Values);
