using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>The same part, weights or biases, of layers that follow each other at equal distances in a tensor (S, P), as they do
/// where layers are alike, and where what is measured of them goes. Views, made once: making them anew would cost more than
/// measuring.</summary>
public sealed class LayerRows : IDisposable
{
    private LayerRows(Tensor all_SP, Tensor[] parts, long distance, TableRow[] places)
    {
        using var scope = NewDisposeScope();
        var (members, size) = (all_SP.shape[0], parts[0].numel() / all_SP.shape[0]);
        (Distance, All) = (distance, all_SP);
        Rows = all_SP.as_strided([members, parts.Length, size], [all_SP.stride(0), distance, 1], parts[0].storage_offset())
            .DetachFromDisposeScope();
        First = places[0];
        Table = First.Table.narrow(1, First.Index, places.Length).DetachFromDisposeScope();
    }

    /// <summary>What they are parts of, (S, P).</summary>
    public Tensor All { get; }

    /// <summary>From a layer to the next, in elements.</summary>
    public long Distance { get; }

    /// <summary>Layer by layer, (S, R, N).</summary>
    public Tensor Rows { get; }

    /// <summary>Of the first layer; the others follow it.</summary>
    public TableRow First { get; }

    /// <summary>The places of all, (S, R, Q).</summary>
    public Tensor Table { get; }

    /// <param name="all_SP">Contiguous.</param>
    /// <param name="parts">Each layer's (S, …), views of it.</param>
    /// <param name="places">Of each layer, in one table.</param>
    /// <returns>All layers, in as few pieces as can be.</returns>
    public static IReadOnlyList<LayerRows> Of(Tensor all_SP, IReadOnlyList<Tensor> parts, IReadOnlyList<TableRow> places)
    {
        var rows = new List<LayerRows>();
        for (var first = 0; first < parts.Count;)
        {
            var count = 1;
            while (first + count < parts.Count && Follows(first, count)) count++;
            rows.Add(new LayerRows(
                all_SP, [.. parts.Skip(first).Take(count)], count > 1 ? DistanceAfter(first) : parts[first].numel(),
                [.. places.Skip(first).Take(count)]));
            first += count;
        }
        return rows;

        long DistanceAfter(int layer) => parts[layer + 1].storage_offset() - parts[layer].storage_offset();

        bool Follows(int first, int count) => parts[first + count].numel() == parts[first].numel()
            && DistanceAfter(first + count - 1) == DistanceAfter(first) && places[first + count].Index == places[first].Index + count;
    }

    public void Dispose()
    {
        Rows.Dispose();
        Table.Dispose();
    }
}
