namespace GradTorch.Models;

/// <summary>The sizes that fix a model's parameters.</summary>
/// <param name="Features">Inputs of the first layer.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Depth">Hidden layers, at least 1.</param>
/// <param name="Width">Units of each hidden layer.</param>
/// <param name="LearntPerActivation">Numbers that the activation of each hidden layer learns: 1 for prelu.</param>
public sealed record ModelShape(long Features, long Classes, int Depth, int Width, int LearntPerActivation = 0);
