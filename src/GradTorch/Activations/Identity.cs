using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z: a deep linear network.</summary>
public sealed class Identity : Activation
{
    public override (double Low, double High)? Saturation => (double.NegativeInfinity, double.PositiveInfinity);

    public override double LargestSlope(int member) => 1;

    public override BuiltInForm BuiltIn => new(BuiltInActivation.Identity, _ => 1);

    // A tensor of its own: what else goes on from z, such as a skip path, is no way of a to the loss.
    public override Tensor Forward(Tensor z) => z * 1;

    public override Tensor Derivative(Tensor z) => ones_like(z);
}
