using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = ln(1 + exp(z)), slope σ(z) = 1 − exp(−a) &lt; 1.</summary>
public sealed class Softplus : Activation
{
    public override (double Low, double High)? Saturation => (-Math.Log(1 - SaturatedSlope), double.PositiveInfinity);

    public override double LargestSlope(int member) => 1;

    public override Tensor Forward(Tensor z) => nn.functional.softplus(z);

    public override Tensor Derivative(Tensor z) => z.sigmoid();
}
