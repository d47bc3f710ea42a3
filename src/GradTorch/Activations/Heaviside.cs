using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = 1 above 0, else 0. Its derivative is 0: only with a surrogate does anything come back.</summary>
public sealed class Heaviside : Activation
{
    /// <summary>The slope is 0 everywhere: all units are saturated, whatever their a.</summary>
    public override (double Low, double High)? Saturation => null;

    public override double LargestSlope(int member) => 0;

    // The sign of NaN is 0 to libtorch: a member that diverged would seem sound.
    public override Tensor Forward(Tensor z) => z.sign().relu().masked_fill(z.isnan(), double.NaN);

    public override Tensor Derivative(Tensor z) => zeros_like(z);
}
