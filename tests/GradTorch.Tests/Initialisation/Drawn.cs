using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>What initialisers draw, on the host.</summary>
internal static class Drawn
{
    /// <summary>Nothing as it is by default.</summary>
    public static InitialParameters Unusual { get; } = new(
        Gain: 1.7, WeightVariance: 2.5, BiasVariance: 0.3, BiasMean: -0.4, Mean: 0.2, Std: 0.7, Truncation: 1.5, Bound: 0.4,
        Value: -0.6, Fan: Fan.Out, Sparsity: 0.3);

    public static double[] Weight(string name, int fanIn, int fanOut, InitialParameters parameters, long seed) =>
        Of(seed, generator => InitialiserRegistry.Find(name).DrawWeight(fanIn, fanOut, parameters, generator));

    public static double[] Bias(string name, int fanIn, int fanOut, InitialParameters parameters, long seed) =>
        Of(seed, generator => InitialiserRegistry.Find(name).DrawBias(fanIn, fanOut, parameters, generator));

    private static double[] Of(long seed, Func<Generator, Tensor> draw)
    {
        using var scope = NewDisposeScope();
        using var generator = new MemberSeed(seed).ForWeights();
        return HostCopy.Doubles(draw(generator));
    }
}
