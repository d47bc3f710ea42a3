using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>What gradients (S, P) are multiplied by as an optimiser takes them, so that scaling needs no pass of its own.</summary>
public sealed class GradientScale : IDisposable
{
    /// <param name="members">S.</param>
    /// <param name="ranges">They cover all P parameters, in order.</param>
    /// <exception cref="ArgumentException">The ranges leave gaps or overlap.</exception>
    public GradientScale(long members, IReadOnlyList<ParameterRange> ranges, Device device)
    {
        long[] ends = [.. ranges.Select(range => range.Start + range.Count)];
        if (!ranges.Select(range => range.Start).SequenceEqual([0, .. ends[..^1]]))
            throw new ArgumentException("the ranges leave gaps or overlap: each begins where the one before ends, the first at 0", nameof(ranges));
        Ranges = ranges;
        Ends = tensor(ends, int64, device).DetachFromDisposeScope();
        Factors = ones([members, ranges.Count], float64, device).DetachFromDisposeScope();
    }

    public IReadOnlyList<ParameterRange> Ranges { get; }

    /// <summary>float64 (S, ranges), 1 at first.</summary>
    public Tensor Factors { get; }

    /// <summary>int64 (ranges): the offset after the last parameter of each.</summary>
    public Tensor Ends { get; }

    /// <summary>Multiplies the gradients in place.</summary>
    public void Apply(Tensor gradients_SP)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var factors = Factors.to(gradients_SP.dtype);
        for (var index = 0; index < Ranges.Count; index++)
            gradients_SP.narrow(1, Ranges[index].Start, Ranges[index].Count).mul_(factors.narrow(1, index, 1));
    }

    public void Dispose()
    {
        Factors.Dispose();
        Ends.Dispose();
    }
}
