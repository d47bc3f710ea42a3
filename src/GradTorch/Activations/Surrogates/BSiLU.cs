using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = σ(z)(1 + (z + k)(1 − σ(z))), the slope of SUGAR's bounded SiLU (z + k)σ(z) − k/2: ReLU's step made smooth, a little below 0 on the far left.</summary>
public sealed class BSiLU : Surrogate
{
    public override double LargestSlope(double scale) => GatedSlope.Largest(scale);

    public override Formula Slope { get; } = Of(Sigmoid(Z));

    /// <summary>(z + k)σ(z), less a constant.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        return scale.Plus(z).mul_(z.sigmoid()).MoveToOuterDisposeScope();
    }

    private static Formula Of(Formula a) => a * (1 + (Z + K) * (1 - a));
}
