using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Dense layers of many members one after the other, as one node of the graph. On the CPU members are spread over the threads
/// that libtorch may use; on a CUDA device layers up to 128 wide go through one kernel each way, wider ones from product to product.
/// </summary>
public static class DenseStack
{
    /// <summary>Whether <see cref="Forward"/> takes this input, on its way to layers of so many units: a CUDA device does if kernels can be
    /// compiled for it.</summary>
    public static bool Takes(Tensor x, long units)
    {
        ArgumentNullException.ThrowIfNull(x);
        return gt_dense_takes(x.Handle, units) != 0;
    }

    /// <summary>h = g(x W + b) per layer and member. On a CUDA device all layers must have one width and one activation.</summary>
    /// <param name="x">(S, B, in), float32 or float64.</param>
    /// <param name="skipped">(S, B, out) the skip path at the start; null where no layer joins one. The last layer must join it.</param>
    /// <returns>(S, B, out) of the last layer.</returns>
    public static unsafe Tensor Forward(Tensor x, Tensor? skipped, IReadOnlyList<DenseLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layers);
        var members = (int)x.shape[0];
        // One row of numbers for each layer: parameters of gate and slope, and limits.
        var numbers = new double[3 * layers.Count * members];
        var steps = layers.SelectMany(layer => layer.Slope?.Steps ?? []).ToArray();
        var arguments = new DenseArguments[layers.Count];
        fixed (double* values = numbers)
        fixed (ElementwiseStep* code = steps)
        fixed (DenseArguments* first = arguments)
        {
            double* free = values;
            ElementwiseStep* next = code;
            for (var index = 0; index < layers.Count; index++)
            {
                var (layer, slope) = (layers[index], layers[index].Slope);
                ref var argument = ref arguments[index];
                argument = DenseArguments.Of(layer, Take(layer.Parameters, ref free));
                if (slope is null) continue;
                argument.Slope = next;
                argument.SlopeSteps = slope.Steps.Length;
                next += slope.Steps.Length;
                argument.SlopeParameters = Take(slope.Parameters, ref free);
                argument.Limits = slope.Limits is null ? null : Take(slope.Limits, ref free);
            }
            return new Tensor(Failure.Check(gt_dense(x.Handle, skipped?.Handle ?? 0, first, layers.Count)));
        }

        double* Take(double[] ofMembers, ref double* free)
        {
            if (ofMembers.Length != members)
                throw new ArgumentException($"expected a parameter for each of {members} members", nameof(layers));
            var place = free;
            ofMembers.CopyTo(new Span<double>(place, members));
            free += members;
            return place;
        }
    }
}
