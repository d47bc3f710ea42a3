using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights of a file, which take the place of zeros once the whole network is there: a file has the numbers of its norms and learnt
/// slopes, too.</summary>
public sealed class FileWeights : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) => zeros([fanIn, fanOut], float64);

    public override Tensor DrawBias(long fanIn, long fanOut, InitialParameters parameters, Generator generator) => zeros([fanOut], float64);
}
