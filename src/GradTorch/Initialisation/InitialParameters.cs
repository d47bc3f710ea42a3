namespace GradTorch.Initialisation;

/// <summary>What an experiment can set of an initial distribution.</summary>
/// <param name="Gain">Factor on every weight.</param>
/// <param name="WeightVariance">σw² of <c>normal</c>: weights N(0, σw²/fan_in).</param>
/// <param name="BiasVariance">σb²: biases N(0, σb²), 0 for zeros.</param>
public sealed record InitialParameters(double Gain = 1.0, double WeightVariance = 1.0, double BiasVariance = 0.0);
