using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>A random matrix with orthonormal rows or columns, times the gain, uniform among them: Q of the QR
/// decomposition of a normal matrix, with the signs of R's diagonal.</summary>
/// <remarks>Saxe, McClelland, Ganguli 2014, arXiv 1312.6120; signs after Mezzadri 2007, arXiv math-ph/0609050.</remarks>
public sealed class Orthogonal : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator)
    {
        var (tall, narrow) = (Math.Max(fanIn, fanOut), Math.Min(fanIn, fanOut));
        var normal = randn([tall, narrow], float64, generator: generator);
        var (q, r) = linalg.qr(normal);
        q = q * r.diagonal().sign();
        if (fanIn < fanOut) q = q.t();
        return q.mul(parameters.Gain).contiguous();
    }

    /// <remarks>Of square ones, whose gradients of wide layers are those of independent weights: Pennington, Schoenholz, Ganguli 2017, arXiv
    /// 1711.04735.</remarks>
    public override double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) =>
        fanIn == fanOut ? parameters.Gain * parameters.Gain : null;
}
