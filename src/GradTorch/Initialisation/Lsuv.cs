using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Layer-sequential unit variance: orthogonal weights, then layer by layer W ← W · gain / √Var(z), until the
/// variance of z = x W + b over the batch and the units is within a tenth of gain².</summary>
/// <remarks>Mishkin and Matas 2016, arXiv 1511.06422, algorithm 1. A tenth and at most ten times are from the Torch version
/// that the authors name; their PyTorch one means a tenth of the standard deviation, their own in Caffe has 0.02 and twenty.
/// A layer whose variance is 0 or not finite stays as it is. Biases must vary less than z may: σb² below gain².</remarks>
public sealed class Lsuv : DataDrivenInitialiser
{
    private const double Tolerance = 0.1;

    private readonly Orthogonal _orthogonal = new();

    public override int Iterations => 10;

    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        _orthogonal.DrawWeight(fanIn, fanOut, parameters, generator);

    public override Tensor Rescaling(Tensor z, MemberValues gain)
    {
        long[] all = [.. Enumerable.Range(1, (int)z.dim() - 1).Select(dimension => (long)dimension)];
        // In float64: squares of float32 numbers below 1e-19 would vanish.
        var wide = z.to(float64);
        var relative = wide.var(all, unbiased: false, keepdim: true) / gain.Like(wide).square();
        var settled = (relative - 1).abs() < Tolerance;
        var hopeless = (relative > 0).logical_and(relative.isfinite()).logical_not();
        return where(settled.logical_or(hopeless), ones_like(relative), relative.rsqrt());
    }
}
