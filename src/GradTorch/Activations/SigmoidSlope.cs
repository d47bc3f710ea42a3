using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>σ′(z) = σ(z)(1 − σ(z)): the form that neither overflows nor divides.</summary>
internal static class SigmoidSlope
{
    public static Tensor Of(Tensor z)
    {
        using var a = z.sigmoid();
        using var rest = 1 - a;
        return a * rest;
    }
}
