using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Sees the pre-activations of a layer in a pass that is made to be looked at, and keeps them and their gradients until it
/// forgets them. A layer that is watched goes step by step.</summary>
public sealed class LayerWatch : IDisposable
{
    private readonly List<Tensor> _seen = [];
    private Tensor? _scanned, _delta, _running;

    /// <summary>z of a graph, (S, …, H); of one timestep after the other where autograd goes through time.</summary>
    public void See(Tensor z)
    {
        z.retain_grad();
        // The same tensor once more, for callers dispose of theirs.
        _seen.Add(z.to(z.dtype).DetachFromDisposeScope());
    }

    /// <summary>All a_t of a scan on its way forwards.</summary>
    /// <param name="running_STB1">Whether a sequence has not ended yet, bool; null when none ends early.</param>
    public void SeeScan(Tensor a_STBH, Tensor? running_STB1)
    {
        Forget();
        _scanned = a_STBH.alias().DetachFromDisposeScope();
        _running = running_STB1?.alias().DetachFromDisposeScope();
    }

    /// <summary>All δ_t of the scan on its way back.</summary>
    public void SeeScanBack(Tensor delta_STBH) => _delta = delta_STBH.alias().DetachFromDisposeScope();

    /// <summary>z, or all a_t, (S, N, H) without a graph.</summary>
    public Tensor Preactivations() => Rows(_scanned ?? Joined(_seen));

    /// <summary>δ of these, (S, N, H); 0 where none came.</summary>
    public Tensor Gradients() => Rows(_delta ?? Joined([.. _seen.Select(z => z.grad is { IsInvalid: false } gradient ? gradient : zeros_like(z))]));

    /// <summary>Whether a row of these counts, bool (S or 1, N, 1): it does not once its sequence has ended. Null where all do.</summary>
    public Tensor? Running() => _running is null ? null : Rows(_running.expand(_scanned!.shape[0], -1, _scanned.shape[2], 1));

    public void Forget()
    {
        foreach (var z in _seen) z.Dispose();
        _seen.Clear();
        _scanned?.Dispose();
        _delta?.Dispose();
        _running?.Dispose();
        (_scanned, _delta, _running) = (null, null, null);
    }

    public void Dispose() => Forget();

    private static Tensor Joined(IReadOnlyList<Tensor> timesteps) =>
        timesteps is [var only] ? only.detach() : stack([.. timesteps.Select(one => one.detach())], 1);

    private static Tensor Rows(Tensor tensor) => tensor.dim() == 3 ? tensor : tensor.flatten(1, 2);
}
