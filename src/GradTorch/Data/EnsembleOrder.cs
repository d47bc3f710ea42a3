using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Each member's own order of the training examples: a new permutation every epoch, from the member's own stream.
/// An incomplete last batch is left out, so that every step has the same shapes.</summary>
public sealed class EnsembleOrder : IDisposable
{
    private readonly Generator[] _generators;
    private readonly Tensor _order_SN;
    private readonly long _count;
    private long _next;

    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    public EnsembleOrder(IReadOnlyList<MemberSeed> seeds, long count, long batch, Device device)
    {
        if (batch > count)
            throw new ArgumentException(FormattableString.Invariant($"a batch of {batch} is larger than the {count} training examples"));
        _generators = [.. seeds.Select(seed => seed.ForDataOrder())];
        _order_SN = empty([seeds.Count, count], int64, device).DetachFromDisposeScope();
        (_count, Batch) = (count, batch);
        _next = BatchesPerEpoch;
    }

    /// <summary>B.</summary>
    public long Batch { get; }

    public long BatchesPerEpoch => _count / Batch;

    /// <returns>Indices (S, B) of the next batch, a view that holds until the next epoch.</returns>
    public Tensor Next()
    {
        if (_next == BatchesPerEpoch) Shuffle();
        return _order_SN.narrow(1, _next++ * Batch, Batch);
    }

    public void Dispose()
    {
        foreach (var generator in _generators) generator.Dispose();
        _order_SN.Dispose();
    }

    private void Shuffle()
    {
        using var scope = NewDisposeScope();
        for (var member = 0; member < _generators.Length; member++)
            _order_SN[member].copy_(randperm(_count, int64, generator: _generators[member]));
        _next = 0;
    }
}
