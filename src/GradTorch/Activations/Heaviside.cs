using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = 1 above 0, else 0. Its derivative is 0: only with a surrogate does anything come back.</summary>
public sealed class Heaviside : Activation
{
    /// <summary>The slope is 0 everywhere: all units are saturated, whatever their a.</summary>
    public override (double Low, double High)? Saturation => null;

    public override double LargestSlope(int member) => 0;

    public override Tensor Forward(Tensor z) => z.sign().relu();

    public override Tensor Derivative(Tensor z) => zeros_like(z);
}
