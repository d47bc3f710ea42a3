using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Dense layers of many members, as one node of the graph, on the CPU.</summary>
public static class DenseLayer
{
    /// <summary>h = g(x W + b) per member. Backward adds the gradients of W and b into the <c>grad</c> that they must already have.
    /// </summary>
    /// <param name="x">(S, B, in), float32 or float64.</param>
    /// <param name="weight">W (S, in, out).</param>
    /// <param name="bias">b (S, 1, out).</param>
    /// <param name="parameters">Of the gate, one for each member; gates that have none ignore them.</param>
    /// <param name="record">Null for none. Changes no bit of the rest.</param>
    /// <returns>(S, B, out).</returns>
    public static unsafe Tensor Forward(
        Tensor x, Tensor weight, Tensor bias, Gate gate, double[] parameters, DenseRecord? record = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Length != x.shape[0])
            throw new ArgumentException($"expected a parameter for each of {x.shape[0]} members", nameof(parameters));
        var columns = record is null ? default : new DenseColumns
        {
            Table = record.Table.Handle,
            Low = record.Low,
            High = record.High,
            Mean = record.Mean,
            Deviation = record.Deviation,
            Saturated = record.Saturated,
            Nonfinite = record.Nonfinite,
            ActivationGradient = record.ActivationGradient,
            PreactivationGradient = record.PreactivationGradient,
            Zeros = record.Zeros,
        };
        fixed (double* values = parameters)
        {
            return new Tensor(Failure.Check(
                gt_dense(x.Handle, weight.Handle, bias.Handle, (int)gate, values, record is null ? null : &columns)));
        }
    }
}
