using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = σ′(z) + k: the sigmoid's slope, never below k, so that no unit saturates wholly.</summary>
public sealed class SmoothedSigmoidDerivative : Surrogate
{
    public override double LargestSlope(double scale) => 0.25 + scale;

    public override Formula Slope { get; } = SigmoidSlope(Z) + K;

    /// <summary>σ(z) + kz.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Times(z).add_(z.sigmoid()).MoveToOuterDisposeScope();
    }
}
