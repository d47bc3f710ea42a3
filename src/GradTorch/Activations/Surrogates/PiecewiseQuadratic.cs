using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = max(0, k − k²|z|): a triangle of height k and base 2/k, with the area 1; its integral is two parabolas.</summary>
public sealed class PiecewiseQuadratic : Surrogate
{
    public override double LargestSlope(double scale) => scale;

    public override Formula Slope { get; } = K * PositivePart(1 - Abs(K * Z));

    /// <summary>c − c|c|/2 with c = max(−1, min(1, kz)).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        var c = scale.Times(z).clamp_(-1, 1);
        return (c - 0.5 * c * c.abs()).MoveToOuterDisposeScope();
    }
}
