using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = zσ(z), also called Swish. Elfwing et al. 2018.</summary>
public sealed class SiLU : Activation
{
    /// <summary>Falls before it rises: a does not tell the slope.</summary>
    public override (double Low, double High)? Saturation => null;

    public override double LargestSlope(int member) => GatedSlope.Largest(0);

    public override Tensor Forward(Tensor z) => nn.functional.silu(z);

    public override Tensor Derivative(Tensor z) => GatedSlope.Of(z, z);
}
