using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k: every unit passes the gradient on alike, as if it were linear. The straight-through estimator is this with k = 1.</summary>
public sealed class ConstantDerivative : Surrogate
{
    public override double LargestSlope(double scale) => scale;

    public override Formula Slope { get; } = K;

    /// <summary>kz.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z);
}
