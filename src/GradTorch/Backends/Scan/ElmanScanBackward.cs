using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>Back through time: δ_t = g′(a_t) ∂L/∂h_t, ∂L/∂h_t = ∂L/∂output_t + δ_{t+1} Wᵀ.</summary>
internal static class ElmanScanBackward
{
    /// <param name="gradient">Of the output: (S, T, B, H) of every state, or (S, B, H) of the last.</param>
    /// <returns>All δ_t (S, T, B, H); all ∂L/∂h_t when they are recorded; and what of them reaches each g(a_t), which is 0 where a
    /// sequence has ended, when the activation learns or the penalty needs it.</returns>
    public static (Tensor Delta, Tensor? HiddenGradient, Tensor? Received) Run(Tensor gradient, Tensor a_STBH, Tensor recurrent,
        ElmanScanOptions options)
    {
        using var scope = NewDisposeScope();
        var delta_STBH = options.Nonlinearity.Slope(a_STBH);
        var total_STBH = options.Record is null ? null : empty_like(a_STBH);
        var needed = options.Penalty is not null || options.Nonlinearity.Forward is LearntActivation;
        var received_STBH = needed ? empty_like(a_STBH) : null;
        var running = ElmanScanForward.Running(options, a_STBH);
        using var transposed = recurrent.transpose(1, 2);
        var last = (int)a_STBH.shape[1] - 1;
        Tensor? flowing = null;
        for (var t = last; t >= 0; t--)
        {
            using var timestep = NewDisposeScope();
            using var later = flowing;
            var direct = options.EveryOutput ? gradient.select(1, t) : t == last ? gradient : null;
            var kept = Sum(direct, Kept(later, running, t + 1));
            var through = t == last || options.CutsAfter(t + 1) ? null : bmm(delta_STBH.select(1, t + 1), transposed);
            flowing = Sum(kept, through) ?? zeros_like(a_STBH.select(1, t));
            total_STBH?.select(1, t).copy_(flowing);
            received_STBH?.select(1, t).copy_(flowing);
            var delta = delta_STBH.select(1, t).mul_(flowing);
            // Chosen, not multiplied by 0: what has ended is zero whatever its slope was.
            if (running is not null) delta.masked_fill_(running.select(1, t).logical_not(), 0);
            flowing = flowing.alias().MoveToOuterDisposeScope();
        }
        flowing?.Dispose();
        if (running is not null) received_STBH?.masked_fill_(running.logical_not(), 0);
        return (delta_STBH.MoveToOuterDisposeScope(), total_STBH?.MoveToOuterDisposeScope(),
            received_STBH?.MoveToOuterDisposeScope());
    }

    /// <summary>What comes back through the states that were kept from timestep t − 1 to t because their sequence had ended.
    /// </summary>
    private static Tensor? Kept(Tensor? later, Tensor? running, int t) =>
        later is null || running is null ? null : later.masked_fill(running.select(1, t), 0);

    private static Tensor? Sum(Tensor? one, Tensor? other) => one is null ? other : other is null ? one : one + other;
}
