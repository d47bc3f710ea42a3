using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>What is measured of rows of elements, and the columns of a table that it goes to. A column of −1 is not wanted.</summary>
/// <param name="Nonfinite">Where the number of non-finite elements is added.</param>
internal abstract record RowMeasure(int Nonfinite)
{
    /// <summary>Up to here a float32 counts.</summary>
    private const long Countable = 1 << 24;

    /// <summary>Whether <see cref="Write(Tensor[], Tensor)"/> overwrites what it measures.</summary>
    protected abstract bool Overwrites { get; }

    /// <summary>All but the non-finite elements. Where there are any, a figure that it writes is not finite either.</summary>
    /// <param name="rows_SRN">What is measured, then what it is compared with, if anything.</param>
    /// <param name="table_SRQ">float64.</param>
    public abstract void Write(Tensor[] rows_SRN, Tensor table_SRQ);

    /// <summary>Of one tensor, (S, …), to a table (S, Q).</summary>
    public void Write(Tensor table_SQ, params Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Tensor[] rows = [.. tensors.Select(tensor => tensor.reshape(tensor.shape[0], 1, -1))];
        var table = table_SQ.unsqueeze(1);
        Write(Overwrites ? [rows[0].clone(), .. rows[1..]] : rows, table);
        if (Nonfinite >= 0 && MayHoldNonfinite(table)) AddNonfinite(rows[0], table);
    }

    public void AddNonfinite(Tensor rows_SRN, Tensor table_SRQ) =>
        Column(table_SRQ, Nonfinite).add_(rows_SRN.size(-1) - Count(rows_SRN.abs().le_(Largest(rows_SRN.dtype))));

    /// <summary>Whether non-finite elements of what was written to a table have to be counted. There are hardly ever any; but
    /// to look for them another device would wait for the host.</summary>
    public static bool MayHoldNonfinite(Tensor table)
    {
        if (!table.is_cpu()) return true;
        using var scope = NewDisposeScope();
        return table.sum().isfinite().nonzero().size(0) == 0;
    }

    protected static Tensor Column(Tensor table_SRQ, int quantity) => table_SRQ.select(2, quantity);

    /// <summary>Euclidean norms (S, R, 1).</summary>
    /// <param name="wide">float64.</param>
    /// <param name="scaled">Divided by the largest element first, so that squares neither underflow nor overflow; those of a
    /// float32 do not.</param>
    protected static Tensor Norms(Tensor wide, bool scaled)
    {
        if (!scaled) return Length(wide);
        var largest = wide.abs().amax([-1], keepdim: true);
        var scale = where(largest.eq(0).logical_or(largest.isfinite().logical_not()), ones_like(largest), largest);
        return Length(wide / scale).mul(scale);
    }

    /// <param name="marks">1 and 0 in the type of the rows: comparing in place makes such, several times as fast as truth values.
    /// </param>
    protected static void WriteFraction(Tensor marks, Tensor table_SRQ, int column)
    {
        var place = Column(table_SRQ, column);
        place.copy_(Count(marks));
        place.div_(marks.size(-1));
    }

    private static Tensor Count(Tensor marks) => marks.sum(-1, type: marks.size(-1) <= Countable ? marks.dtype : float64);

    private static Tensor Length(Tensor rows) => linalg.vector_norm(rows, 2, [-1L], keepdim: true);

    private static double Largest(ScalarType dtype) => dtype == float32 ? float.MaxValue : double.MaxValue;
}
