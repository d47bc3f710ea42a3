using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights N(mean, std²) given that they lie within c · std of the mean, c the truncation; times the gain.</summary>
/// <remarks>By inversion: u ~ U(−p, p) with p = erf(c/√2) the mass that is left, z = √2 erf⁻¹(u). Bounds count in std, as in
/// Keras and JAX; PyTorch's are absolute, and the same for its default std of 1. What is left has variance
/// std² (1 − 2 c φ(c) / p), 0.774 std² for c = 2.</remarks>
public sealed class TruncatedNormal : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator)
    {
        var c = parameters.Truncation;
        // Rounding in erf and its inverse must not carry a weight over the edge.
        var mass = erf(tensor(c / Math.Sqrt(2), float64));
        var z = rand([fanIn, fanOut], float64, generator: generator)
            .mul_(2).sub_(1).mul_(mass).erfinv_().mul_(Math.Sqrt(2)).clamp_(-c, c);
        return z.mul_(parameters.Std).add_(parameters.Mean).mul_(parameters.Gain);
    }
}
