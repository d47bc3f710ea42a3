using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k/√π exp(−(kz)²): the slope of ½ erf(kz), with the area 1.</summary>
public sealed class Gaussian : Surrogate
{
    public override double LargestSlope(double scale) => scale / Math.Sqrt(Math.PI);

    public override Formula Slope { get; } = 1 / Math.Sqrt(Math.PI) * K * Exp(-Square(K * Z));

    /// <summary>½ erf(kz).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z).erf_().mul_(0.5);
}
