namespace GradTorch.Activations;

/// <summary>What an experiment can set of an activation; each takes what it knows.</summary>
/// <param name="Slope">n of tanh(nx), above 0.</param>
/// <param name="NegativeSlope">Slope of leaky ReLU below 0.</param>
public sealed record ActivationParameters(double Slope = 1.0, double NegativeSlope = 0.01);
