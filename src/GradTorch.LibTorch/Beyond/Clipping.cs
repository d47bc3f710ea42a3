using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Clipping of all gradients of all members in place, on the CPU.</summary>
public static class Clipping
{
    /// <summary>Clamps each member's elements to ±its limit; a NaN stays.</summary>
    /// <param name="tensor">(S, P), contiguous.</param>
    /// <param name="limits">float64 (S).</param>
    /// <param name="table">float64 (S, Q); takes 1 for a member with an element beyond its limit, else 0.</param>
    /// <param name="clamped">The column of the table.</param>
    public static void Clamp(Tensor tensor, Tensor limits, Tensor table, int clamped)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_clamp(tensor.Handle, limits.Handle, table.Handle, clamped));
    }
}
