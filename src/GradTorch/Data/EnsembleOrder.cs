using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Each member's own order of the training examples: a new permutation every epoch, from the member's own stream;
/// members of one seed have one order, which is drawn once. An incomplete last batch is left out, so that every step has the same shapes.</summary>
public sealed class EnsembleOrder : IDisposable
{
    private readonly (Generator Generator, int[] Members)[] _orders;
    private readonly Tensor _order_SN;
    private readonly long _count;
    private long _next;

    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    public EnsembleOrder(IReadOnlyList<MemberSeed> seeds, long count, long batch, Device device)
    {
        if (batch > count)
            throw new ArgumentException(FormattableString.Invariant($"a batch of {batch} is larger than the {count} training examples"));
        _orders = [.. seeds.Index().GroupBy(own => own.Item, own => own.Index).Select(alike => (alike.Key.ForDataOrder(), alike.ToArray()))];
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
        foreach (var (generator, _) in _orders) generator.Dispose();
        _order_SN.Dispose();
    }

    private void Shuffle()
    {
        using var scope = NewDisposeScope();
        foreach (var (generator, members) in _orders)
        {
            var order_N = randperm(_count, int64, generator: generator);
            foreach (var member in members) _order_SN[member].copy_(order_N);
        }
        _next = 0;
    }
}
