using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights N(0, σ²), σ a function of the fans times the gain.</summary>
public sealed class ScaledNormal(Func<long, long, InitialParameters, double> deviation) : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        WeightsOf(fanIn, fanOut, generator)(parameters);

    public override double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) =>
        fanIn * Math.Pow(parameters.Gain * deviation(fanIn, fanOut, parameters), 2);

    /// <summary>Draws once for members of one seed, whatever their parameters: these only multiply what is drawn.</summary>
    /// <returns>What <see cref="DrawWeight"/> gives a member.</returns>
    internal Func<InitialParameters, Tensor> WeightsOf(long fanIn, long fanOut, Generator generator)
    {
        var standard = randn([fanIn, fanOut], float64, generator: generator);
        return parameters => standard.mul(parameters.Gain * deviation(fanIn, fanOut, parameters));
    }
}
