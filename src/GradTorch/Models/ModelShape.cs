using GradTorch.Configuration;

namespace GradTorch.Models;

/// <summary>What fixes a model's parameters: its architecture, and the sizes that the data give.</summary>
/// <param name="Section">The architecture.</param>
/// <param name="Features">Inputs of the first layer.</param>
/// <param name="Outputs">Units of the output layer.</param>
public sealed record ModelShape(ModelSection Section, long Features, long Outputs);
