using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Where what is measured of one layer, or of one timestep, goes.</summary>
/// <param name="table_SRQ">float64, contiguous: member by row by quantity.</param>
public sealed class TableRow(Tensor table_SRQ, long index)
{
    public Tensor Table => table_SRQ;

    public long Index => index;

    /// <summary>(S, Q), a view.</summary>
    public Tensor Row { get; } = table_SRQ.select(1, index);
}
