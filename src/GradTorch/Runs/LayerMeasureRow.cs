namespace GradTorch.Runs;

/// <summary>A row of table layer_measure: a number about a layer that the experiment asks for.</summary>
/// <param name="Layer">From 1, as in table layer_gradient; 0 for the whole network.</param>
/// <param name="Name">Such as dead.</param>
public readonly record struct LayerMeasureRow(long Step, int Member, int Layer, string Name, double Value);
