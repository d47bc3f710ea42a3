namespace GradTorch.Quantities;

/// <summary>What a number that was asked for is of, and what it is called.</summary>
/// <param name="Layer">From 1, as in all records; 0 for the whole network.</param>
/// <param name="Name">As in table layer_measure, such as dead.</param>
public sealed record LayerMeasurePlace(int Layer, string Name);
