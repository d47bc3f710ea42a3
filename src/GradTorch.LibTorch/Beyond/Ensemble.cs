using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Operators over members: every tensor has the member as its first dimension.</summary>
public static class Ensemble
{
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
