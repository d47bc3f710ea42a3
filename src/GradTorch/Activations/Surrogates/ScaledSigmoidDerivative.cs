using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = kσ′(z): the sigmoid's slope with its peak raised from ¼ to k/4, and its width as it is.</summary>
public sealed class ScaledSigmoidDerivative : Surrogate
{
    public override double LargestSlope(double scale) => 0.25 * scale;

    public override Formula Slope { get; } = K * SigmoidSlope(Z);

    /// <summary>kσ(z).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var a = z.sigmoid();
        return scale.Times(a);
    }
}
