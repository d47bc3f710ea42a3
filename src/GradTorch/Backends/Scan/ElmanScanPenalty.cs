using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary><see cref="VanishingGradientPenalty"/> of a scan's backward pass, in a few operators for all timesteps.</summary>
internal static class ElmanScanPenalty
{
    /// <param name="received_STBH">What of ∂L/∂h_t reaches each g(a_t).</param>
    /// <returns>λ ∂⁺Ω/∂W (S, H, H).</returns>
    public static Tensor Gradient(Tensor received_STBH, Tensor delta_STBH, Tensor recurrent, ElmanScanOptions options)
    {
        using var scope = NewDisposeScope();
        var penalty = options.Penalty!;
        var timesteps = delta_STBH.shape[1] - 1;
        var delta = delta_STBH.narrow(1, 1, timesteps).flatten(1, 2);
        var through = bmm(delta, recurrent.transpose(1, 2));
        var square = SquaredNorm(received_STBH.narrow(1, 1, timesteps).flatten(1, 2));
        var counts = square.gt(0).logical_and_(square.isfinite()).logical_and_(Connected(options, delta_STBH));
        var excess = where(counts, SquaredNorm(through) / square - 1, zeros_like(square));
        var pairs = counts.sum([1L], keepdim: true).clamp_min_(1);
        penalty.Omega_S?.copy_(excess.square().sum([1L], keepdim: true).div_(pairs).view(-1));

        // Both sides are divided by the norm, so that the product of two tiny ones does not underflow.
        var inverse = where(counts, square.rsqrt(), zeros_like(square));
        var left = through.to(float64) * (excess * inverse * (4 * penalty.Weight.Like(square)) / pairs);
        var right = where(counts, delta.to(float64) * inverse, zeros([1], float64, delta.device));
        left = where(counts, left, zeros([1], float64, delta.device));
        return bmm(left.to_type(delta.dtype).transpose(1, 2), right.to_type(delta.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>In float64, (S, pairs, 1).</summary>
    private static Tensor SquaredNorm(Tensor rows) => rows.to(float64).square().sum([2L], keepdim: true);

    /// <summary>Whether timestep t = 2 … T of a sequence passes anything on to t − 1, bool (S or 1, pairs, 1).</summary>
    private static Tensor Connected(ElmanScanOptions options, Tensor delta_STBH)
    {
        var (timesteps, batch) = (delta_STBH.shape[1], delta_STBH.shape[2]);
        bool[] uncut = [.. Enumerable.Range(1, (int)timesteps - 1).Select(before => !options.CutsAfter(before))];
        var connected = tensor(uncut, ScalarType.Bool, delta_STBH.device).view(1, -1, 1, 1).expand(1, -1, batch, 1);
        if (ElmanScanForward.Running(options, delta_STBH) is { } running)
            connected = connected.logical_and(running.narrow(1, 1, timesteps - 1));
        return connected.flatten(1, 2);
    }
}
