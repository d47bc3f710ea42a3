using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A layer's places in the flat tensors of all parameters, of all gradients, and of whatever else is laid out like
/// them (S, P).</summary>
public interface ILayerParameters
{
    /// <returns>The layer's weights, (S, …): a new view.</returns>
    Tensor WeightIn(Tensor all);

    /// <returns>The layer's biases, (S, …): a new view.</returns>
    Tensor BiasIn(Tensor all);
}
