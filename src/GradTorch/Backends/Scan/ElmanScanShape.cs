using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>The sizes of a scan: members, timesteps, batch, features and hidden units.</summary>
internal readonly record struct ElmanScanShape(long Members, long Timesteps, long Batch, long Features, long Hidden)
{
    /// <exception cref="ArgumentException">Something does not fit the rest.</exception>
    public static ElmanScanShape Of(Tensor x, Tensor input, Tensor bias, Tensor recurrent, ElmanScanOptions options)
    {
        if (x.dim() != 4 || input.dim() != 3)
            throw new ArgumentException(
                $"expected x (S, T, B, D) and U (S, D, H), got {Text(x)} and {Text(input)}", nameof(x));
        var sizes = x.shape;
        var shape = new ElmanScanShape(sizes[0], sizes[1], sizes[2], sizes[3], input.shape[2]);
        shape.Check(nameof(input), input, shape.Members, shape.Features, shape.Hidden);
        shape.Check(nameof(bias), bias, shape.Members, 1, shape.Hidden);
        shape.Check(nameof(recurrent), recurrent, shape.Members, shape.Hidden, shape.Hidden);
        if (shape.Timesteps < 1) throw new ArgumentException("a sequence has at least one timestep", nameof(x));
        if (options.Truncate < 1)
            throw new ArgumentException($"truncation is after k ≥ 1 timesteps, not {options.Truncate}", nameof(options));
        if (options.Lengths_SB is { } lengths) shape.Check(nameof(lengths), lengths, shape.Members, shape.Batch);
        if (options.Record is { Table_STQ: var table })
            shape.Check(nameof(table), table, shape.Members, shape.Timesteps, TimestepQuantities.Count);
        if (options.Penalty is { } penalty)
        {
            if (penalty.Weight.All.Count != shape.Members)
                throw new ArgumentException(
                    $"expected a penalty for each of {shape.Members} members, not {penalty.Weight.All.Count}", nameof(options));
            if (penalty.Omega_S is { } omega) shape.Check(nameof(omega), omega, shape.Members);
        }
        return shape;
    }

    private void Check(string name, Tensor tensor, params long[] expected)
    {
        if (!tensor.shape.SequenceEqual(expected))
            throw new ArgumentException($"with {this} {name} must be ({string.Join(", ", expected)}), not {Text(tensor)}", name);
    }

    private static string Text(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
