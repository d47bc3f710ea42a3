using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = σ(z)(1 + (z + k)(1 − σ(z))), the slope of SUGAR's bounded SiLU (z + k)σ(z) − k/2: ReLU's step made smooth, a little below 0 on the far left.</summary>
public sealed class BSiLU : Surrogate
{
    public override double LargestSlope(double scale) => GatedSlope.Largest(scale);

    public override Tensor Derivative(Tensor z, MemberValues scale)
    {
        using var shifted = scale.Plus(z);
        return GatedSlope.Of(z, shifted);
    }

    /// <summary>(z + k)σ(z), less a constant.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Plus(z).mul_(z.sigmoid()).MoveToOuterDisposeScope();
    }
}
