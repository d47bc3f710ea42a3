using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k/2 / (1 + (πkz/2)²), with the area 1 and tails like 1/z².</summary>
public sealed class Arctan : Surrogate
{
    public override double LargestSlope(double scale) => 0.5 * scale;

    public override Tensor Derivative(Tensor z, MemberValues scale)
    {
        using var peak = scale.Times(z).mul_(0.5 * Math.PI).pow_(2).add_(1).reciprocal_();
        return scale.Times(peak).mul_(0.5);
    }

    /// <summary>arctan(πkz/2)/π.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z).mul_(0.5 * Math.PI).atan_().div_(Math.PI);
}
