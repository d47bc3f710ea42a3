using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights U(−r, r), r a function of the fans times the gain.</summary>
/// <param name="bound">r of the weights, without the gain.</param>
/// <param name="biasBound">r of the biases, or null for biases N(μb, σb²).</param>
public sealed class ScaledUniform(
    Func<long, long, InitialParameters, double> bound, Func<long, long, double>? biasBound = null) : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        Uniform([fanIn, fanOut], parameters.Gain * bound(fanIn, fanOut, parameters), generator);

    public override double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) =>
        fanIn * Math.Pow(parameters.Gain * bound(fanIn, fanOut, parameters), 2) / 3;

    public override Tensor DrawBias(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        biasBound is null
            ? base.DrawBias(fanIn, fanOut, parameters, generator)
            : Uniform([fanOut], biasBound(fanIn, fanOut), generator);

    private static Tensor Uniform(long[] size, double bound, Generator generator) =>
        rand(size, float64, generator: generator).mul_(2 * bound).sub_(bound);
}
