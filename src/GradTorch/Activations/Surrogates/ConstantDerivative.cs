using static TorchSharp.torch;

namespace GradTorch.Activations.Surrogates;

/// <summary>h(z) = k: every unit passes the gradient on alike, as if it were linear. The straight-through estimator is this with k = 1.</summary>
public sealed class ConstantDerivative : Surrogate
{
    public override double LargestSlope(double scale) => scale;

    public override Tensor Derivative(Tensor z, MemberValues scale)
    {
        using var zero = zeros_like(z);
        return scale.Plus(zero);
    }

    /// <summary>kz.</summary>
    public override Tensor Primitive(Tensor z, MemberValues scale) => scale.Times(z);
}
