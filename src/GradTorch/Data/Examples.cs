using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>One split on the device. Batches are made there, and the same examples are the same bits however they are
/// asked for.</summary>
public abstract class Examples : IDisposable
{
    /// <summary>N.</summary>
    public abstract long Count { get; }

    /// <param name="indices_SB">int64 from 0 to N − 1, on the device.</param>
    /// <returns>Each member's own examples.</returns>
    public Batch Gather(Tensor indices_SB) => Make(Rows.At(indices_SB));

    /// <returns>Neighbouring examples, with a member dimension of 1.</returns>
    public Batch Range(long start, long count) => Make(Rows.From(start, count));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected internal abstract Batch Make(Rows rows);

    protected abstract void Dispose(bool disposing);
}
