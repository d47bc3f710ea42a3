using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z: a deep linear network.</summary>
public sealed class Identity : Activation
{
    public override double LargestSlope => 1;

    public override (double Low, double High) Saturation => (double.NegativeInfinity, double.PositiveInfinity);

    public override BuiltInForm BuiltIn => new(BuiltInActivation.Identity, _ => 1);

    public override Tensor Forward(Tensor z) => z.alias();

    public override Tensor Derivative(Tensor z) => ones_like(z);
}
