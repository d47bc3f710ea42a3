using GradTorch.Configuration;
using GradTorch.Data;

namespace GradTorch.Models;

/// <summary>What fixes a model's parameters: its architecture, and the sizes that the data give.</summary>
/// <param name="Section">The architecture.</param>
/// <param name="Features">Inputs of the first layer, at each timestep if there is time.</param>
/// <param name="Outputs">Units of the output layer.</param>
/// <param name="Timesteps">T of sequences; 0 for vectors.</param>
/// <param name="EveryOutput">An output at every timestep is wanted; else after the last.</param>
public sealed record ModelShape(
    ModelSection Section, long Features, long Outputs, long Timesteps = 0, bool EveryOutput = false)
{
    /// <param name="data">As the model takes them.</param>
    public static ModelShape Of(ModelSection section, DataShape data) => new(
        section, data.Features, data.Outputs, data.Timesteps, data.Target == TargetKind.ClassPerTimestep);
}
