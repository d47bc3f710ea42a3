using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Tests.Oracles;

/// <summary>An Elman layer cell by cell, in operators that autograd differentiates. Zeros that are added to every state and
/// every pre-activation collect ∂L/∂h_t and δ_t as their gradients.</summary>
internal sealed class ElmanOracle
{
    private readonly Tensor[] _states, _probes, _preactivationProbes, _receivedProbes;
    private readonly Tensor _recurrent;
    private readonly ElmanScanOptions _options;

    public ElmanOracle(Tensor x, Tensor input, Tensor bias, Tensor recurrent, ElmanScanOptions options)
    {
        var (members, timesteps, batch, hidden) = (x.shape[0], x.shape[1], x.shape[2], input.shape[2]);
        (_recurrent, _options) = (recurrent, options);
        Tensor Zeros() => zeros([members, batch, hidden], x.dtype).requires_grad_();
        Tensor[] Probes() => [.. Enumerable.Range(0, (int)timesteps).Select(_ => Zeros())];
        (_probes, _preactivationProbes, _receivedProbes) = (Probes(), Probes(), Probes());
        _states = new Tensor[timesteps];
        Tensor before = Zeros(), recurrentInput = before;
        for (var t = 1; t <= timesteps; t++)
        {
            var a = x.select(1, t - 1).matmul(input) + recurrentInput.matmul(recurrent) + bias + _preactivationProbes[t - 1];
            var state = options.Nonlinearity.Apply(a);
            if (options.Lengths_SB is { } lengths) state = where(lengths.ge(t).unsqueeze(-1), state, before);
            state += _receivedProbes[t - 1];
            before = state + _probes[t - 1];
            _states[t - 1] = before;
            var cut = options.Truncate is { } chunk && t % chunk == 0;
            recurrentInput = cut ? before.detach() : before;
        }
        Output = options.EveryOutput ? stack(_states, 1) : _states[^1];
    }

    public Tensor Output { get; }

    /// <summary>After backward: (S, T, quantities) as a scan records them.</summary>
    public double[] Recorded()
    {
        var rows = new List<double>();
        for (var member = 0; member < Output.shape[0]; member++)
        {
            for (var t = 0; t < _states.Length; t++)
            {
                using var delta = Gradient(_preactivationProbes[t], member);
                var (totals, deltas) = (HostCopy.Doubles(Gradient(_probes[t], member)), HostCopy.Doubles(delta));
                rows.Add(MeasureOracle.Norm(totals));
                rows.Add(MeasureOracle.Norm(deltas));
                rows.Add(t == 0 ? 0 : MeasureOracle.Norm(HostCopy.Doubles(_states[t - 1][member].t().mm(delta))));
                rows.Add(MeasureOracle.Fraction(deltas, element => element == 0));
                rows.Add(totals.Concat(deltas).Count(element => !double.IsFinite(element)));
            }
        }
        return [.. rows];
    }

    /// <summary>After backward: all δ_t (S, T, B, H).</summary>
    public Tensor Deltas() => stack([.. _preactivationProbes.Select(probe => probe.grad ?? zeros_like(probe))], 1);

    /// <summary>After backward: each member's Ω (S), with a graph to W alone.</summary>
    public Tensor Omega()
    {
        var omega = new List<Tensor>();
        for (var member = 0; member < Output.shape[0]; member++)
        {
            var terms = new List<Tensor>();
            for (var t = 1; t < _states.Length; t++)
            {
                if (_options.Truncate is { } chunk && t % chunk == 0) continue;
                var (delta, received) = (Gradient(_preactivationProbes[t], member), Gradient(_receivedProbes[t], member));
                for (var example = 0; example < delta.shape[0]; example++)
                {
                    var ended = _options.Lengths_SB is { } lengths && HostCopy.Doubles(lengths[member, example])[0] <= t;
                    var square = received[example].square().sum();
                    if (ended || HostCopy.Doubles(square)[0] == 0) continue;
                    var passed = _recurrent[member].mv(delta[example]);
                    terms.Add((passed.square().sum() / square - 1).square());
                }
            }
            omega.Add(terms.Count == 0 ? _recurrent.sum() * 0 : stack(terms).mean());
        }
        return stack(omega);
    }

    /// <summary>Zeros for a probe that no gradient reaches.</summary>
    private static Tensor Gradient(Tensor probe, int member) => (probe.grad ?? zeros_like(probe))[member];
}
