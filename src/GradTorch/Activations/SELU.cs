using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = λz above 0, λα(exp(z) − 1) below, where the slope is a + λα: the largest just below 0. Klambauer et al. 2017.</summary>
public sealed class SELU : Activation
{
    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;

    public override (double Low, double High)? Saturation => ((SaturatedSlope - 1) * Scale * Alpha, double.PositiveInfinity);

    public override double LargestSlope(int member) => Scale * Alpha;

    public override Tensor Forward(Tensor z) => nn.functional.selu(z);

    public override Tensor Derivative(Tensor z)
    {
        using var positive = z.gt(0);
        using var negative = z.clamp_max(0);
        return negative.exp_().mul(Scale * Alpha).masked_fill_(positive, Scale);
    }
}
