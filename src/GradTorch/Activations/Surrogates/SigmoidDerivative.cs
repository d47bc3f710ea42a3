using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = kσ′(kz): the slope of a sigmoid of steepness k, with the area 1.</summary>
public sealed class SigmoidDerivative : Surrogate
{
    public override double LargestSlope(double scale) => 0.25 * scale;

    public override Tensor Derivative(Tensor z, MemberValues scale)
    {
        using var steep = scale.Times(z);
        using var slope = SigmoidSlope.Of(steep);
        return scale.Times(slope);
    }

    /// <summary>σ(kz).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z).sigmoid_();
}
