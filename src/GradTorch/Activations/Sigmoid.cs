using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = 1/(1 + exp(−z)), slope a(1 − a) ≤ ¼.</summary>
public sealed class Sigmoid : Activation
{
    /// <summary>a(1 − a) = s/4 at a = ½(1 ± √(1 − s)).</summary>
    private static readonly double Distance = 0.5 * Math.Sqrt(1 - SaturatedSlope);

    public override (double Low, double High)? Saturation => (0.5 - Distance, 0.5 + Distance);

    public override double LargestSlope(int member) => 0.25;

    public override BuiltInForm BuiltIn => new(BuiltInActivation.Sigmoid, _ => 1);

    public override Tensor Forward(Tensor z) => z.sigmoid();

    public override Tensor Derivative(Tensor z) => SigmoidSlope.Of(z);
}
