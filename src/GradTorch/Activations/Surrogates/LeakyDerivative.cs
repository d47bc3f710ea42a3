using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = 1 above 0, k below: the slope of leaky ReLU.</summary>
public sealed class LeakyDerivative : Surrogate
{
    public override double LargestSlope(double scale) => Math.Max(1, scale);

    public override Formula Slope { get; } = Of(AtMost(Z, 0));

    /// <summary>z above 0, kz below.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return z.clamp_min(0).add_(scale.Times(z.clamp_max(0))).MoveToOuterDisposeScope();
    }

    private static Formula Of(Formula below) => (1 - below) + below * K;
}
