using GradTorch.Backends.Measures;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>Where a recurrent layer writes what it measures of one step.</summary>
/// <param name="Timesteps">float64 (S, T, quantity), contiguous, in the order of <see cref="Quantities.TimestepQuantity"/>.</param>
/// <param name="Layer">float64 (S, quantity), in the order of <see cref="Quantities.LayerQuantity"/>.</param>
/// <param name="Measures">For what backward is to bring: it is in the tables once that is finished.</param>
public sealed record SequenceRecord(Tensor Timesteps, Tensor Layer, LayerMeasures Measures)
{
    /// <param name="timestep">Counted from 0.</param>
    public TableRow At(long timestep) => new(Timesteps, timestep);
}
