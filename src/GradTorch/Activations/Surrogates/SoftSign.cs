using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k/2 / (1 + k|z|)²: k/2 times <see cref="FastSigmoid"/>, with the area 1.</summary>
public sealed class SoftSign : Surrogate
{
    public override double LargestSlope(double scale) => 0.5 * scale;

    public override Formula Slope { get; } = 0.5 * K * Square(1 / (1 + Abs(K * Z)));

    /// <summary>½ kz/(1 + k|z|).</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        var steep = scale.Times(z);
        return (steep / steep.abs().add_(1)).mul_(0.5).MoveToOuterDisposeScope();
    }
}
