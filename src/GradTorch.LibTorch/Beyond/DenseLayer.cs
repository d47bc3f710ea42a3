using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>A layer of a <see cref="DenseStack"/>. Backward adds the gradients of W and b into the <c>grad</c> that they must already
/// have.</summary>
/// <param name="Weight">W (S, in, out), each member's in one piece.</param>
/// <param name="Bias">b (S, 1, out).</param>
/// <param name="Parameters">Of the gate, one for each member; gates that have none ignore them.</param>
/// <param name="Slope">Null for the gate's own.</param>
/// <param name="Scale">s of the join.</param>
/// <param name="Record">Null for none. Changes no bit of the rest.</param>
public sealed record DenseLayer(
    Tensor Weight, Tensor Bias, Gate Gate, double[] Parameters, DenseSlope? Slope = null, DenseJoin Join = DenseJoin.None, double Scale = 1,
    DenseRecord? Record = null);
