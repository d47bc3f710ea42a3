namespace GradTorch.Runs;

/// <summary>‖δ‖ at both ends of a member's way back at a step.</summary>
/// <param name="First">Of the layer next to the input, or of the first timestep.</param>
/// <param name="Last">Of the hidden layer next to the output, or of the last timestep.</param>
public readonly record struct GradientEnds(long Step, int Member, double First, double Last);
