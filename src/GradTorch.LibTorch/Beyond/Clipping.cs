using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Clipping of all gradients of all members.</summary>
public static class Clipping
{
    /// <summary>Clamps each member's elements to ±its limit, on the CPU; a NaN stays.</summary>
    /// <param name="tensor">(S, P), contiguous.</param>
    /// <param name="limits">float64 (S).</param>
    /// <param name="table">float64 (S, Q); takes what is measured.</param>
    /// <param name="norm">The column that becomes each member's norm after it.</param>
    /// <param name="clamped">The column that becomes 1 for a member with an element beyond its limit, else 0.</param>
    public static void Clamp(Tensor tensor, Tensor limits, Tensor table, int norm, int clamped)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_clamp(tensor.Handle, limits.Handle, table.Handle, norm, clamped));
    }

    /// <summary>The factors that clip each range of each member's gradients to its threshold c: min(1, c/(‖g‖ + 1e-6)). The
    /// gradients are left as they are; <see cref="FusedOptimizers"/> take the factors.</summary>
    /// <param name="gradients">(S, P), contiguous.</param>
    /// <param name="thresholds">float64 (S).</param>
    /// <param name="factors">float64 (S, R), written. With R = 1 it is for the member's norm that the table holds.</param>
    /// <param name="ends">int64 (R): where each range ends; they follow each other.</param>
    /// <param name="table">float64 (S, Q).</param>
    /// <param name="norm">The column that holds each member's norm.</param>
    /// <param name="clippedNorm">The column that becomes the norm after clipping.</param>
    /// <param name="clipped">The column that becomes 1 for a member with a factor below 1, else 0.</param>
    public static void Factors(Tensor gradients, Tensor thresholds, Tensor factors, Tensor ends, Tensor table, int norm,
        int clippedNorm, int clipped)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(ends);
        Failure.Check(gt_clip_factors(gradients.Handle, thresholds.Handle, factors.Handle, ends.Handle, table.Handle, norm, clippedNorm, clipped));
    }
}
