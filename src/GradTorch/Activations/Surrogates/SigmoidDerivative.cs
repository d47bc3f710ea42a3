using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = kσ′(kz): the slope of a sigmoid of steepness k, with the area 1.</summary>
public sealed class SigmoidDerivative : Surrogate
{
    public override double LargestSlope(double scale) => 0.25 * scale;

    public override Formula Slope { get; } = K * SigmoidSlope(K * Z);

    /// <summary>σ(kz).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z).sigmoid_();
}
