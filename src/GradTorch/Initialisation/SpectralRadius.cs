using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>A square normal matrix, scaled so that the largest absolute value among its eigenvalues is the gain: by so much
/// a linear recurrence grows or shrinks per timestep in the long run.</summary>
/// <remarks>As echo state networks set their reservoirs: Jaeger 2001, GMD report 148.</remarks>
public sealed class SpectralRadius : Initialiser
{
    public override bool SquareOnly => true;

    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator)
    {
        if (fanIn != fanOut)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"a matrix of {fanIn} x {fanOut} has no eigenvalues; spectral-radius is for square ones"));
        }
        var normal = randn([fanIn, fanOut], float64, generator: generator);
        return normal.div(linalg.eigvals(normal).abs().max()).mul_(parameters.Gain);
    }
}
