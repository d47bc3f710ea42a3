using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Elman layers over a whole sequence, as one node of the graph.</summary>
public static class ElmanLayer
{
    /// <summary>Whether <see cref="Scan"/> can go where x lies: on the CPU always; on a CUDA device with as many units as its threads
    /// can hold the weights of (192), without a penalty.</summary>
    public static bool Takes(Tensor x, long hidden)
    {
        ArgumentNullException.ThrowIfNull(x);
        return gt_elman_takes(x.Handle, hidden) != 0;
    }

    /// <summary>a_t = x_t U + h_{t−1} W + b, h_t = g(a_t), h_0 = 0. Backward adds the gradients of U, b and W into the
    /// <c>grad</c> that they must already have.</summary>
    /// <param name="x">(S, T, B, D).</param>
    /// <param name="input">U (S, D, H).</param>
    /// <param name="bias">b (S, 1, H).</param>
    /// <param name="recurrent">W (S, H, H).</param>
    /// <returns>Every state (S, T, B, H) or the last one (S, B, H).</returns>
    public static unsafe Tensor Scan(Tensor x, Tensor input, Tensor bias, Tensor recurrent, in ElmanLayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(recurrent);
        var states = options.States;
        if (options.Parameters.Length != x.shape[0])
            throw new ArgumentException($"expected a parameter for each of {x.shape[0]} members", nameof(options));
        if (options.Penalty is { } penalty && penalty.Weights.Length != x.shape[0])
            throw new ArgumentException($"expected a penalty for each of {x.shape[0]} members", nameof(options));
        fixed (double* parameters = options.Parameters, penalties = options.Penalty?.Weights)
        {
            var arguments = new ElmanArguments
            {
                Parameters = parameters,
                Lengths = options.Lengths?.Handle ?? 0,
                Record = options.Record?.Handle ?? 0,
                StateRecord = states?.Table.Handle ?? 0,
                Penalties = penalties,
                Omega = options.Penalty?.Omega?.Handle ?? 0,
                Memory = options.Memory?.Handle ?? 0,
                Low = states?.Low ?? 0,
                High = states?.High ?? 0,
                Truncate = options.Truncate ?? 0,
                Gate = (int)options.Gate,
                Every = options.Every ? 1 : 0,
                Mean = states?.Mean ?? -1,
                Deviation = states?.Deviation ?? -1,
                Saturated = states?.Saturated ?? -1,
                Nonfinite = states?.Nonfinite ?? -1,
            };
            return new Tensor(Failure.Check(
                gt_elman_scan(x.Handle, input.Handle, bias.Handle, recurrent.Handle, in arguments)));
        }
    }
}
