using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>What is stored becomes what a network takes.</summary>
public static class Standardisation
{
    /// <summary>x · scale + offset in one pass, product and sum rounded each, on the CPU.</summary>
    /// <param name="raw">Contiguous: bytes, or numbers of the type of <paramref name="scale"/>.</param>
    /// <param name="scale">One number, float32 or float64.</param>
    /// <param name="offset">One number of the same type.</param>
    public static Tensor Apply(Tensor raw, Tensor scale, Tensor offset)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(offset);
        return new Tensor(Failure.Check(gt_standardise(raw.Handle, scale.Handle, offset.Handle)));
    }
}
