using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Dense layers of many members one after the other, as one node of the graph, on the CPU. Members are spread over the threads
/// that libtorch may use.</summary>
public static class DenseStack
{
    /// <summary>h = g(x W + b) per layer and member.</summary>
    /// <param name="x">(S, B, in), float32 or float64.</param>
    /// <param name="skipped">(S, B, out) the skip path at the start; null where no layer joins one. The last layer must join it.</param>
    /// <returns>(S, B, out) of the last layer.</returns>
    public static unsafe Tensor Forward(Tensor x, Tensor? skipped, IReadOnlyList<DenseLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layers);
        var members = (int)x.shape[0];
        var parameters = new double[layers.Count * members];
        var arguments = new DenseArguments[layers.Count];
        fixed (double* values = parameters)
        fixed (DenseArguments* first = arguments)
        {
            for (var index = 0; index < layers.Count; index++)
            {
                if (layers[index].Parameters.Length != members)
                    throw new ArgumentException($"expected a parameter for each of {members} members", nameof(layers));
                layers[index].Parameters.CopyTo(parameters, index * members);
                arguments[index] = DenseArguments.Of(layers[index], values + index * members);
            }
            return new Tensor(Failure.Check(gt_dense(x.Handle, skipped?.Handle ?? 0, first, layers.Count)));
        }
    }
}
