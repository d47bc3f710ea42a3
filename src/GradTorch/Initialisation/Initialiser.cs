using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>A distribution of initial weights and biases. Draws come from the generator it is given, on the CPU and in
/// float64, so that they depend on neither the device, the precision nor the other members.</summary>
public abstract class Initialiser
{
    /// <summary>It draws square matrices only, those of recurrent connections.</summary>
    public virtual bool SquareOnly => false;

    /// <returns>Weights (in, out), float64.</returns>
    /// <exception cref="ArgumentException">The matrix is not square and <see cref="SquareOnly"/>.</exception>
    public abstract Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator);

    /// <summary>fan_in · var(W), the σw² of mean-field theory.</summary>
    /// <returns>Null where weights are not of mean 0 and alike, or depend on data: theory does not cover them.</returns>
    public virtual double? WeightVariance(long fanIn, long fanOut, InitialParameters parameters) => null;

    /// <returns>Biases (out), float64: N(μb, σb²).</returns>
    public virtual Tensor DrawBias(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        BiasesOf(fanOut, parameters.BiasVariance == 0, generator)(parameters);

    /// <summary>Draws once for members of one seed, whatever their parameters.</summary>
    /// <param name="fixedBiases">Whether σb² is 0, for which nothing is drawn: members have to agree in it.</param>
    /// <returns>What N(μb, σb²) gives a member.</returns>
    internal static Func<InitialParameters, Tensor> BiasesOf(long fanOut, bool fixedBiases, Generator generator)
    {
        if (fixedBiases) return parameters => full([fanOut], parameters.BiasMean, float64);
        var standard = randn([fanOut], float64, generator: generator);
        return parameters => standard.mul(Math.Sqrt(parameters.BiasVariance)).add_(parameters.BiasMean);
    }
}
