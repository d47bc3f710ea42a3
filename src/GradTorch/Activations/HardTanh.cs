using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z between −1 and 1, and the nearer of the two beyond.</summary>
public sealed class HardTanh : Activation
{
    public override (double Low, double High)? Saturation => (-1, 1);

    public override double LargestSlope(int member) => 1;

    // Not hardtanh: that of TorchSharp 0.107 gives its argument back.
    public override Tensor Forward(Tensor z) => where(z.abs().ge(1), z.detach().sign(), z);

    public override Tensor Derivative(Tensor z)
    {
        using var size = z.abs();
        using var inside = size.lt(1);
        return inside.to_type(z.dtype);
    }
}
