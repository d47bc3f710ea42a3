using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = 1/(1 + k|z|)²: 1 at 0 whatever k, with tails like 1/z². Of SuperSpike.</summary>
public sealed class FastSigmoid : Surrogate
{
    public override double LargestSlope(double scale) => 1;

    public override Formula Slope { get; } = Square(1 / (1 + Abs(K * Z)));

    /// <summary>z/(1 + k|z|).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Times(z).abs_().add_(1).reciprocal_().mul_(z).MoveToOuterDisposeScope();
    }
}
