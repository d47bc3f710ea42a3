using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>The gain on the diagonal and 0 elsewhere: as many inputs pass unchanged as there is room for.</summary>
/// <remarks>For recurrent weights under ReLU: Le, Jaitly, Hinton 2015, arXiv 1504.00941.</remarks>
public sealed class IdentityMatrix : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator) =>
        eye(fanIn, fanOut, float64).mul_(parameters.Gain);
}
