using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k/2 / (1 + (πkz/2)²), with the area 1 and tails like 1/z².</summary>
public sealed class Arctan : Surrogate
{
    public override double LargestSlope(double scale) => 0.5 * scale;

    public override Formula Slope { get; } = 0.5 * K / (1 + Square(0.5 * Math.PI * K * Z));

    /// <summary>arctan(πkz/2)/π.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z).mul_(0.5 * Math.PI).atan_().div_(Math.PI);
}
