using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k/2 exp(−k|z|), with the area 1.</summary>
public sealed class PiecewiseExponential : Surrogate
{
    public override double LargestSlope(double scale) => 0.5 * scale;

    public override Formula Slope { get; } = 0.5 * K * Exp(-Abs(K * Z));

    /// <summary>sign(z)(1 − exp(−k|z|))/2.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Times(z).abs_().neg_().expm1_().mul_(z.sign()).mul_(-0.5).MoveToOuterDisposeScope();
    }
}
