using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z above 0, sz below.</summary>
/// <param name="negativeSlope">s, 0 to 1.</param>
public sealed class LeakyReLU(double negativeSlope = 0.01) : Activation
{
    /// <summary>Below 0 the slope is s: saturated only when s is that small.</summary>
    public override (double Low, double High)? Saturation => (negativeSlope <= SaturatedSlope ? 0 : double.NegativeInfinity, double.PositiveInfinity);

    public override double LargestSlope(int member) => 1;

    public override BuiltInForm BuiltIn => new(BuiltInActivation.LeakyReLU, _ => negativeSlope);

    public override Tensor Forward(Tensor z) => nn.functional.leaky_relu(z, negativeSlope);

    public override Tensor Derivative(Tensor z)
    {
        using var positive = z.gt(0);
        return positive.to_type(z.dtype).mul_(1 - negativeSlope).add_(negativeSlope);
    }
}
