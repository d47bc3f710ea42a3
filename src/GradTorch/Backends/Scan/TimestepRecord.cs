using GradTorch.Backends.Measures;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>Where a recurrent layer writes what it sees of its timesteps.</summary>
/// <param name="Table_STQ">Float64 (S, T, <see cref="TimestepQuantities.Count"/>), contiguous, on the layer's device: backward
/// overwrites all of it.</param>
/// <param name="States">What forward measures of the states; null for nothing.</param>
public sealed record TimestepRecord(Tensor Table_STQ, StateRecord? States = null);

/// <summary>Where a recurrent layer's forward writes what it measures of its states h_1 … h_T together, as
/// <see cref="Backends.ITorchBackend.MeasureActivation"/> does: the columns of a layer's table. A state that is carried on
/// after the end of its sequence counts at every timestep.</summary>
/// <param name="Table_SQ">Float64, member by quantity, on the layer's device; a view of a larger table will do.</param>
/// <param name="Nonfinite">Added, not overwritten.</param>
/// <param name="Low">States ≤ Low or ≥ High are saturated.</param>
/// <param name="Slopes">Counts what is saturated where the states do not tell it; null where they do.</param>
public sealed record StateRecord(
    Tensor Table_SQ, int Mean, int Deviation, int Saturated, int Nonfinite, double Low, double High,
    SlopeSaturation? Slopes = null);
