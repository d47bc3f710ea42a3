using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>What a scan needs beside its tensors.</summary>
/// <param name="Parameters">Of the gate, one for each member; gates that have none ignore them.</param>
/// <param name="Every">Returns every state; otherwise the last one.</param>
/// <param name="Truncate">k ≥ 1: nothing flows back from timestep t + 1 to t where t is a multiple of k. Null for none.</param>
/// <param name="Lengths">Int64 (S, B): beyond its length a sequence keeps its state. Null when all have T.</param>
/// <param name="Record">Float64 (S, T, 5), contiguous, which backward fills: ‖∂L/∂h_t‖, ‖δ_t‖, ‖h_{t−1}ᵀ δ_t‖, the fraction of
/// exact zeros of δ_t, and the non-finite elements. Null for none.</param>
/// <param name="States">What forward measures of all states; null for nothing.</param>
/// <param name="Memory">Reused from scan to scan; null to allocate anew.</param>
/// <param name="Penalty">The vanishing-gradient regulariser; null for none.</param>
public readonly record struct ElmanLayerOptions(
    Gate Gate, double[] Parameters, bool Every, long? Truncate, Tensor? Lengths, Tensor? Record,
    ElmanStateRecord? States, ElmanMemory? Memory, ElmanPenalty? Penalty = null);

/// <summary>Backward adds each member's weight times ∂⁺Ω/∂W to W's gradient; Ω is the mean of (‖δ_t Wᵀ‖² / ‖∂L/∂h_t‖² − 1)²
/// over sequences and timesteps from the second on, δ_t and ∂L/∂h_t taken as constants.</summary>
/// <param name="Weights">One for each member.</param>
/// <param name="Omega">Float64 (S), contiguous, which takes Ω; null for none.</param>
public sealed record ElmanPenalty(double[] Weights, Tensor? Omega);

/// <summary>The columns of a float64 table (S, Q) that take the mean, the deviation (n − 1), the fraction ≤ low or ≥ high and
/// the non-finite elements (added) of all states.</summary>
public sealed record ElmanStateRecord(
    Tensor Table, int Mean, int Deviation, int Saturated, int Nonfinite, double Low, double High);
