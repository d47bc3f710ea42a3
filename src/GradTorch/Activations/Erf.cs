using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = erf(z), slope 2/√π exp(−z²).</summary>
public sealed class Erf : Activation
{
    /// <summary>erf(√(ln 20)): exp(−z²) is 1/20 at z = √(ln 20).</summary>
    private const double Bound = 0.9856247375753563;

    private static readonly double Largest = 2 / Math.Sqrt(Math.PI);

    public override (double Low, double High)? Saturation => (-Bound, Bound);

    public override double LargestSlope(int member) => Largest;

    public override Tensor Forward(Tensor z) => z.erf();

    public override Tensor Derivative(Tensor z)
    {
        using var square = z.square();
        return square.neg_().exp_().mul(Largest);
    }
}
