using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>The slope of (z + α)σ(z), a linear unit gated by a sigmoid: σ(z)(1 + (z + α)(1 − σ(z))).</summary>
internal static class GatedSlope
{
    /// <param name="shifted">z + α.</param>
    public static Tensor Of(Tensor z, Tensor shifted)
    {
        using var gate = z.sigmoid();
        using var rest = 1 - gate;
        return rest.mul(shifted).add_(1).mul_(gate);
    }

    /// <summary>The largest slope for an α of at least 0: where (z + α) tanh(z/2) = 2, whose left side grows from 0 on
    /// z &gt; 0. (The slope is below 0 somewhere on the left, never by more than 0.1.)</summary>
    public static double Largest(double alpha)
    {
        var (low, high) = (0.0, 4.0);
        while (true)
        {
            var z = 0.5 * (low + high);
            var gate = 1 / (1 + Math.Exp(-z));
            if (z == low || z == high) return gate * (1 + (z + alpha) * (1 - gate));
            if ((z + alpha) * Math.Tanh(0.5 * z) < 2) low = z;
            else high = z;
        }
    }
}
