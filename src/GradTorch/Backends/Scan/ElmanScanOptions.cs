using GradTorch.Activations;
using GradTorch.Backends.Measures;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>How a scan goes over its sequence, beside its weights.</summary>
/// <param name="EveryOutput">Returns every state (S, T, B, H); otherwise the last one (S, B, H).</param>
/// <param name="Truncate">k ≥ 1: backpropagation in chunks of k timesteps. Where t is a multiple of k nothing flows back from
/// a_{t+1} to h_t; the states run on, and W still learns from h_t at t + 1. Null for none.</param>
/// <param name="Lengths_SB">The length of every sequence, int64 (S, B), 0 to T; null when all have T. After its end a sequence
/// keeps its state, h_t = h_{t−1} and δ_t = 0, so that the last state is the one at its end; its gradient comes back through
/// the kept states untouched by truncation.</param>
/// <param name="Record">Where this scan writes what it sees; null when it isn't recorded. Changes no bit of the gradients.</param>
/// <param name="Workspace">The layer's own, so that steps reuse memory; null to allocate anew.</param>
/// <param name="Penalty">The vanishing-gradient regulariser that W learns from beside the loss; null for none.</param>
/// <param name="Watch">Who looks at this scan, which then goes by operators; null when nobody does.</param>
public sealed record ElmanScanOptions(
    Nonlinearity Nonlinearity,
    bool EveryOutput = false,
    int? Truncate = null,
    Tensor? Lengths_SB = null,
    TimestepRecord? Record = null,
    ScanWorkspace? Workspace = null,
    VanishingGradientPenalty? Penalty = null,
    LayerWatch? Watch = null)
{
    /// <summary>Whether truncation cuts between timestep t and t + 1, counted from 1.</summary>
    internal bool CutsAfter(long timestep) => Truncate is { } chunk && timestep % chunk == 0;
}
