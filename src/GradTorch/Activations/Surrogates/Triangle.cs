using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k max(0, 1 − |z|): k is the height, the base is −1 to 1.</summary>
public sealed class Triangle : Surrogate
{
    public override double LargestSlope(double scale) => scale;

    public override Formula Slope { get; } = K * PositivePart(1 - Abs(Z));

    /// <summary>k(c − c|c|/2) with c = max(−1, min(1, z)).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        var c = z.clamp(-1, 1);
        return scale.Times(c - c * c.abs() * 0.5).MoveToOuterDisposeScope();
    }
}
