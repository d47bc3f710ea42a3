using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights N(0, σ²), σ a function of the fans times the gain.</summary>
public sealed class ScaledNormal(Func<long, long, InitialParameters, double> deviation) : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        randn([fanIn, fanOut], float64, generator: generator)
            .mul_(parameters.Gain * deviation(fanIn, fanOut, parameters));
}
