using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = 1 where |z| ≤ k, else 0: the slope of a hard tanh, a rectangle.</summary>
public sealed class ClippedStraightThrough : Surrogate
{
    public override double LargestSlope(double scale) => 1;

    public override Formula Slope { get; } = AtMost(Abs(Z), K);

    /// <summary>max(−k, min(k, z)).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        var bound = scale.Like(z);
        return z.minimum(bound).maximum(-bound).MoveToOuterDisposeScope();
    }
}
