using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = max(0, z). A unit that is off counts as saturated.</summary>
public sealed class ReLU : Activation
{
    public override (double Low, double High)? Saturation => (0, double.PositiveInfinity);

    public override double LargestSlope(int member) => 1;

    public override BuiltInForm BuiltIn => new(BuiltInActivation.ReLU, _ => 1);

    public override Tensor Forward(Tensor z) => z.relu();

    public override Tensor Derivative(Tensor z) => z.gt(0).to_type(z.dtype);
}
