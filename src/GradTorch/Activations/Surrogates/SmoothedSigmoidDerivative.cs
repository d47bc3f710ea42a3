using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = σ′(z) + k: the sigmoid's slope, never below k, so that no unit saturates wholly.</summary>
public sealed class SmoothedSigmoidDerivative : Surrogate
{
    public override double LargestSlope(double scale) => 0.25 + scale;

    public override Tensor Derivative(Tensor z, MemberValues scale)
    {
        using var slope = SigmoidSlope.Of(z);
        return scale.Plus(slope);
    }

    /// <summary>σ(z) + kz.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Times(z).add_(z.sigmoid()).MoveToOuterDisposeScope();
    }
}
