using GradTorch.Activations.Formulas;
using static GradTorch.Activations.Formulas.Formula;
using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = σ(kz): the sigmoid itself in place of ReLU's step, so that no unit dies. Not its derivative.</summary>
public sealed class SigmoidFunction : Surrogate
{
    public override double LargestSlope(double scale) => 1;

    public override Formula Slope { get; } = Sigmoid(K * Z);

    /// <summary>ln(1 + exp(kz))/k.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale)
    {
        using var scope = NewDisposeScope();
        var steep = scale.Times(z);
        return steep.logaddexp(zeros_like(z)).div_(scale.Like(z)).MoveToOuterDisposeScope();
    }
}
