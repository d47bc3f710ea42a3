using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Operators over members: every tensor has the member as its first dimension.</summary>
public static class Ensemble
{
    /// <summary>x · scale + offset in one pass, product and sum rounded each, on the CPU.</summary>
    /// <param name="raw">Contiguous: bytes, or numbers of the type of <paramref name="scale"/>.</param>
    /// <param name="scale">One number, float32 or float64.</param>
    /// <param name="offset">One number of the same type.</param>
    public static Tensor Standardise(Tensor raw, Tensor scale, Tensor offset)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(offset);
        return new Tensor(Failure.Check(gt_standardise(raw.Handle, scale.Handle, offset.Handle)));
    }

    /// <summary>x W + b per member, as one node of the graph. Its backward adds the gradients of weight and bias into the
    /// <c>grad</c> that they must already have, and needs no other place for them.</summary>
    /// <param name="x">(S, B, in).</param>
    /// <param name="weight">(S, in, out).</param>
    /// <param name="bias">(S, 1, out).</param>
    /// <returns>(S, B, out).</returns>
    public static Tensor Affine(Tensor x, Tensor weight, Tensor bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        return new Tensor(Failure.Check(gt_affine(x.Handle, weight.Handle, bias.Handle)));
    }
}
