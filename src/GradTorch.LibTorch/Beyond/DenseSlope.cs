namespace GradTorch.LibTorch;

/// <summary>What backward of a <see cref="DenseLayer"/> multiplies by in place of the gate's own slope: a formula of what enters the
/// gate.</summary>
/// <param name="Steps">The last one's outcome is the slope. At most 32.</param>
/// <param name="Parameters">Of the formula, one for each member.</param>
/// <param name="Limits">Slopes of at most this size are saturated, one for each member; null where that is not recorded.</param>
public sealed record DenseSlope(ElementwiseStep[] Steps, double[] Parameters, double[]? Limits);
