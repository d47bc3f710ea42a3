using GradTorch.Configuration;

namespace GradTorch.Initialisation;

/// <summary>What an experiment can set of one member's initial distribution. Each initialiser reads what is its own.</summary>
/// <param name="Gain">Factor on every weight.</param>
/// <param name="WeightVariance">σw² of <c>scaled-normal</c>: weights N(0, σw²/in).</param>
/// <param name="BiasVariance">σb²: biases N(<paramref name="BiasMean"/>, σb²), 0 for that number in each.</param>
/// <param name="BiasMean">Mean of the biases.</param>
/// <param name="Mean">Mean of <c>normal</c>, <c>uniform</c> and <c>truncated-normal</c>, before the gain.</param>
/// <param name="Std">Standard deviation of <c>normal</c>, <c>sparse</c> and, before it is truncated, of
/// <c>truncated-normal</c>.</param>
/// <param name="Truncation">Largest distance from the mean in <c>truncated-normal</c>, in <paramref name="Std"/>.</param>
/// <param name="Bound">Half the width of <c>uniform</c>.</param>
/// <param name="Value">The number of <c>constant</c>.</param>
/// <param name="Fan">The fan of <c>he-normal</c> and <c>he-uniform</c>.</param>
/// <param name="Sparsity">Share of zeros among the weights of each input in <c>sparse</c>, at least 0 and below 1.</param>
public sealed record InitialParameters(
    double Gain = 1.0, double WeightVariance = 1.0, double BiasVariance = 0.0, double BiasMean = 0.0, double Mean = 0.0,
    double Std = 1.0, double Truncation = 2.0, double Bound = 1.0, double Value = 1.0, Fan Fan = Fan.In,
    double Sparsity = 0.9)
{
    /// <summary>The numbers of a section, as an initialiser takes them.</summary>
    public static InitialParameters Of(InitSection section) => new(
        section.Gain, section.WeightVariance, section.BiasVariance, section.BiasMean, section.Mean, section.Std, section.Truncation,
        section.Bound, section.Value, section.Fan, section.Sparsity);

    /// <summary>The size that <see cref="Fan"/> names.</summary>
    internal double FanOf(long fanIn, long fanOut) => Fan == Fan.In ? fanIn : fanOut;
}
