using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z/(1 + |z|), slope (1 − |a|)² ≤ 1. Its tails fall like 1/z², not exponentially.</summary>
public sealed class Softsign : Activation
{
    /// <summary>(1 − |a|)² = s at |a| = 1 − √s.</summary>
    private static readonly double Bound = 1 - Math.Sqrt(SaturatedSlope);

    public override (double Low, double High)? Saturation => (-Bound, Bound);

    public override double LargestSlope(int member) => 1;

    public override Tensor Forward(Tensor z) => nn.functional.softsign(z);

    public override Tensor Derivative(Tensor z) => z.abs().add_(1).reciprocal_().pow_(2);
}
