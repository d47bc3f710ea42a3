using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = zΦ(z), Φ the normal distribution function, in its exact form. Hendrycks and Gimpel 2016.</summary>
public sealed class GELU : Activation
{
    /// <summary>Φ(z) + zφ(z) at z = √2.</summary>
    private const double Largest = 1.128904145185155;

    /// <summary>Falls before it rises: a does not tell the slope.</summary>
    public override (double Low, double High)? Saturation => null;

    public override double LargestSlope(int member) => Largest;

    public override Tensor Forward(Tensor z) => nn.functional.gelu(z);

    public override Tensor Derivative(Tensor z)
    {
        using var scope = NewDisposeScope();
        var density = z.square().mul_(-0.5).exp_().mul_(1 / Math.Sqrt(2 * Math.PI));
        var distribution = z.mul(-1 / Math.Sqrt(2)).erfc().mul_(0.5);
        return density.mul_(z).add_(distribution).MoveToOuterDisposeScope();
    }
}
