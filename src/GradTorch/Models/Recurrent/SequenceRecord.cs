using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>Where a recurrent layer writes what it measures of one step.</summary>
/// <param name="Timesteps">float64 (S, T, quantity), contiguous, in the order of <see cref="Gradients.TimestepQuantity"/>.</param>
/// <param name="Layer">float64 (S, quantity), in the order of <see cref="Gradients.LayerQuantity"/>.</param>
public sealed record SequenceRecord(Tensor Timesteps, Tensor Layer)
{
    /// <returns>(S, quantity) of one timestep, counted from 0: a view.</returns>
    public Tensor At(long timestep) => Timesteps.select(1, timestep);
}
