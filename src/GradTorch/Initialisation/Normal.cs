using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights N(mean, std²) times the gain, whatever the size of the layer.</summary>
public sealed class Normal : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        randn([fanIn, fanOut], float64, generator: generator)
            .mul_(parameters.Gain * parameters.Std).add_(parameters.Gain * parameters.Mean);

    public override double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) =>
        parameters.Mean == 0 ? fanIn * Math.Pow(parameters.Gain * parameters.Std, 2) : null;
}
