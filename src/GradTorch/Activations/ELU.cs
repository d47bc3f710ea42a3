using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z above 0, α(exp(z) − 1) below, where the slope is a + α. Clevert et al. 2016.</summary>
/// <param name="alpha">α, above 0.</param>
public sealed class ELU(double alpha = 1.0) : Activation
{
    private double Largest => Math.Max(1, alpha);

    /// <summary>Where a + α is that small; all of a ≤ 0 when α itself is.</summary>
    public override (double Low, double High)? Saturation => (Math.Min(0, SaturatedSlope * Largest - alpha), double.PositiveInfinity);

    public override double LargestSlope(int member) => Largest;

    public override Tensor Forward(Tensor z) => nn.functional.elu(z, alpha);

    public override Tensor Derivative(Tensor z)
    {
        using var positive = z.gt(0);
        using var negative = z.clamp_max(0);
        return negative.exp_().mul(alpha).masked_fill_(positive, 1);
    }
}
