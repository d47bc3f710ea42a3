using static TorchSharp.torch;

namespace GradTorch.Initialisation;

/// <summary>An initialiser in two stages: weights are drawn as ever, then each layer, from the first to the last, has its
/// weights multiplied until a batch passes it as it should.</summary>
public abstract class DataDrivenInitialiser : Initialiser
{
    /// <summary>Most times that the weights of one layer are multiplied.</summary>
    public abstract int Iterations { get; }

    /// <param name="z">What the layer makes of the batch with the weights it has, z = x W + b: (S, …, units).</param>
    /// <param name="gain">Each member's gain.</param>
    /// <returns>Factor for the weights of each member, (S, 1, …, 1) in float64; exactly 1 where they are to stay.</returns>
    public abstract Tensor Rescaling(Tensor z, MemberValues gain);
}
