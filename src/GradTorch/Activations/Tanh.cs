using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = tanh(nz), slope n(1 − a²) ≤ n.</summary>
/// <param name="slope">n, above 0.</param>
public sealed class Tanh(double slope = 1.0) : Activation
{
    /// <summary>1 − a² = s at a = ±√(1 − s).</summary>
    private static readonly double Bound = Math.Sqrt(1 - SaturatedSlope);

    public override double LargestSlope => slope;

    public override (double Low, double High) Saturation => (-Bound, Bound);

    public override BuiltInForm BuiltIn => new(BuiltInActivation.Tanh, _ => slope);

    public override Tensor Forward(Tensor z)
    {
        if (slope == 1.0) return z.tanh();
        using var steep = z * slope;
        return steep.tanh();
    }

    public override Tensor Derivative(Tensor z)
    {
        using var a = Forward(z);
        using var square = a.square();
        return (1 - square).mul_(slope);
    }
}
