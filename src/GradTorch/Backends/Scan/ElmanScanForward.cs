using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>a_t = x_t U + h_{t−1} W + b, h_t = g(a_t), h_0 = 0.</summary>
internal static class ElmanScanForward
{
    /// <returns>All pre-activations and all states, each (S, T, B, H).</returns>
    public static (Tensor A, Tensor H) Run(Tensor x, Tensor input, Tensor bias, Tensor recurrent, ElmanScanOptions options,
        ITorchBackend backend)
    {
        using var scope = NewDisposeScope();
        var a_STBH = Project(x, input, bias);
        var h_STBH = empty_like(a_STBH);
        var running = Running(options, a_STBH);
        Tensor? before = null;
        for (var t = 0; t < a_STBH.shape[1]; t++)
        {
            using var timestep = NewDisposeScope();
            var h = Step(a_STBH.select(1, t), before, recurrent, options, running?.select(1, t));
            before = h_STBH.select(1, t).copy_(h).MoveToOuterDisposeScope();
        }
        if (options.Record?.States is { } states) Measure(a_STBH, h_STBH, states, backend);
        return (a_STBH.MoveToOuterDisposeScope(), h_STBH.MoveToOuterDisposeScope());
    }

    /// <summary>The last state, when no graph is wanted: no state before it is kept.</summary>
    public static Tensor Last(Tensor x, Tensor input, Tensor bias, Tensor recurrent, ElmanScanOptions options)
    {
        using var scope = NewDisposeScope();
        var a_STBH = Project(x, input, bias);
        var running = Running(options, a_STBH);
        Tensor? h = null;
        for (var t = 0; t < a_STBH.shape[1]; t++)
        {
            using var timestep = NewDisposeScope();
            using var before = h;
            h = Step(a_STBH.select(1, t), before, recurrent, options, running?.select(1, t)).MoveToOuterDisposeScope();
        }
        return h!.MoveToOuterDisposeScope();
    }

    /// <summary>Whether a sequence has not ended yet, bool (S, T, B, 1); null when none ends early.</summary>
    public static Tensor? Running(ElmanScanOptions options, Tensor a_STBH)
    {
        if (options.Lengths_SB is not { } lengths) return null;
        var timesteps = arange(1, a_STBH.shape[1] + 1, int64, a_STBH.device).view(1, -1, 1, 1);
        return timesteps.le(lengths.unsqueeze(1).unsqueeze(-1));
    }

    /// <summary>x U + b of all timesteps, as one product: (S, T, B, H).</summary>
    private static Tensor Project(Tensor x, Tensor input, Tensor bias) =>
        bmm(x.flatten(1, 2), input).add_(bias).view(x.shape[0], x.shape[1], x.shape[2], input.shape[2]);

    /// <param name="a">The timestep's projection; becomes its pre-activation.</param>
    private static Tensor Step(Tensor a, Tensor? before, Tensor recurrent, ElmanScanOptions options, Tensor? running)
    {
        if (before is not null) a.add_(bmm(before, recurrent));
        var h = options.Nonlinearity.Forward.Forward(a);
        return running is null ? h : where(running, h, before ?? zeros_like(h));
    }

    private static void Measure(Tensor a_STBH, Tensor h_STBH, StateRecord states, ITorchBackend backend)
    {
        backend.MeasureActivation(h_STBH, states.Table_SQ, states.Mean, states.Deviation, states.Saturated,
            states.Nonfinite, states.Low, states.High);
        states.Slopes?.Measure(a_STBH, states.Table_SQ, states.Saturated);
    }
}
