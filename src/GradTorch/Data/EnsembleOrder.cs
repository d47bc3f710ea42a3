using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Each member's own order of the training examples: a new permutation every epoch, from the member's own stream;
/// members of one seed have one order, which is drawn once. An incomplete last batch is left out, so that every step has the same shapes.</summary>
public sealed class EnsembleOrder : IDisposable
{
    private readonly SharedOrder[] _orders;
    private readonly Tensor _order_SN;
    private readonly long _count;
    private long _next;

    /// <exception cref="ArgumentException">A batch is larger than the data.</exception>
    public EnsembleOrder(IReadOnlyList<MemberSeed> seeds, long count, long batch, Device device)
    {
        if (batch > count)
            throw new ArgumentException(FormattableString.Invariant($"a batch of {batch} is larger than the {count} training examples"));
        _orders = [.. seeds.Index().GroupBy(own => own.Item, own => own.Index).Select(alike => new SharedOrder(alike.Key.ForDataOrder(), [.. alike]))];
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
        var next = Upcoming();
        _next++;
        return next;
    }

    /// <summary>The same, and the next batch stays the next.</summary>
    public Tensor Upcoming()
    {
        if (_next == BatchesPerEpoch) Shuffle();
        return _order_SN.narrow(1, _next * Batch, Batch);
    }

    /// <summary>Of an order, which is as long as the data, the stream is kept that it was drawn from.</summary>
    public void Visit(IStateVisitor visitor)
    {
        for (var index = 0; index < _orders.Length; index++)
            visitor.Visit(FormattableString.Invariant($"order.{index}"), _orders[index].Before);
        var next = visitor.Visit("order.next", _next);
        if (!visitor.Restores) return;
        foreach (var order in _orders) order.Generator.set_state(order.Before);
        Shuffle();
        _next = next;
    }

    public void Dispose()
    {
        foreach (var order in _orders) order.Dispose();
        _order_SN.Dispose();
    }

    private void Shuffle()
    {
        using var scope = NewDisposeScope();
        foreach (var order in _orders)
        {
            order.Before.copy_(order.Generator.get_state());
            var order_N = randperm(_count, int64, generator: order.Generator);
            foreach (var member in order.Members) _order_SN[member].copy_(order_N);
        }
        _next = 0;
    }

    /// <summary>The order of members of one seed.</summary>
    private sealed record SharedOrder(Generator Generator, int[] Members) : IDisposable
    {
        /// <summary>The generator's state before it drew the epoch's order.</summary>
        public Tensor Before { get; } = Generator.get_state().DetachFromDisposeScope();

        public void Dispose()
        {
            Before.Dispose();
            Generator.Dispose();
        }
    }
}
