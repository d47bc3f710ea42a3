using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>Weights N(0, std²) times the gain, of which ⌈sparsity · out⌉ of those that leave each input are 0, at places
/// drawn anew for each input.</summary>
/// <remarks>Structure of <c>torch.nn.init.sparse_</c>, whose columns are our rows and whose std is 0.01 when none is given,
/// ours 1; after Martens 2010, "Deep learning via Hessian-free optimization".</remarks>
public sealed class Sparse : Initialiser
{
    public override Tensor DrawWeight(long fanIn, long fanOut, InitialParameters parameters, Generator generator)
    {
        var weights = randn([fanIn, fanOut], float64, generator: generator).mul_(parameters.Gain * parameters.Std);
        var zeros = (long)Math.Ceiling(parameters.Sparsity * fanOut);
        // The places of the smallest of independent numbers are a uniform choice.
        var places = rand([fanIn, fanOut], float64, generator: generator).argsort(1).narrow(1, 0, zeros);
        return weights.scatter_(1, places, zeros_like(places, float64));
    }
}
