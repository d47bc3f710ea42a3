using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights U(mean − bound, mean + bound) times the gain, whatever the size of the layer. (PyTorch's own default,
/// U(0, 1), is a mean and a bound of 0.5.)</summary>
public sealed class Uniform : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        rand([fanIn, fanOut], float64, generator: generator)
            .mul_(2 * parameters.Bound).add_(parameters.Mean - parameters.Bound).mul_(parameters.Gain);

    public override double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) =>
        parameters.Mean == 0 ? fanIn * Math.Pow(parameters.Gain * parameters.Bound, 2) / 3 : null;
}
