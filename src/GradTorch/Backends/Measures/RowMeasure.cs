using System.Numerics;
using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>What is measured of rows of elements, and the columns of a table that it goes to. A column of −1 is not wanted.</summary>
/// <param name="Nonfinite">Where the number of non-finite elements is added.</param>
internal abstract record RowMeasure(int Nonfinite)
{
    /// <summary>Up to here a float32 counts.</summary>
    private const long Countable = 1 << 24;

    /// <summary>The last column that it writes, beside the non-finite elements.</summary>
    protected abstract int Last { get; }

    /// <summary>Whether <see cref="WriteByOperators"/> overwrites what it measures.</summary>
    protected abstract bool Overwrites { get; }

    /// <summary>Of one tensor, (S, …), to a table (S, Q).</summary>
    /// <param name="tensors">What is measured, then what it is compared with, if anything.</param>
    public void Write(Tensor table_SQ, params Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        if (CanBeRead(table_SQ, tensors))
        {
            var table = table_SQ.contiguous();
            Write([.. tensors.Select(HostRows.Of)], table.unsqueeze(1), 0);
            if (!table_SQ.is_contiguous()) table_SQ.copy_(table);
        }
        else
        {
            WriteOnAnyDevice(table_SQ, tensors);
        }
    }

    /// <summary>As <see cref="Write(Tensor, Tensor[])"/>, with operators.</summary>
    public void WriteOnAnyDevice(Tensor table_SQ, params Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Tensor[] rows = [.. tensors.Select(tensor => tensor.reshape(tensor.shape[0], 1, -1))];
        AddNonfinite(rows[0], table_SQ.unsqueeze(1));
        WriteByOperators(Overwrites ? [rows[0].clone(), .. rows[1..]] : rows, table_SQ.unsqueeze(1));
    }

    /// <summary>Of rows in the host's memory.</summary>
    /// <param name="rows">What is measured, then what it is compared with, if anything.</param>
    /// <param name="table_SRQ">float64, contiguous.</param>
    /// <param name="first">The row of the table that the first one goes to.</param>
    public void Write(HostRows[] rows, Tensor table_SRQ, long first)
    {
        if (rows[0].All.dtype == float32) Write<float>(rows, table_SRQ, (int)first);
        else Write<double>(rows, table_SRQ, (int)first);
    }

    /// <summary>Of many rows, on any device, all but the non-finite elements.</summary>
    /// <param name="rows_SRN">What is measured, then what it is compared with, if anything.</param>
    /// <param name="table_SRQ">float64.</param>
    public abstract void WriteByOperators(Tensor[] rows_SRN, Tensor table_SRQ);

    /// <summary>With operators.</summary>
    public void AddNonfinite(Tensor rows_SRN, Tensor table_SRQ)
    {
        if (Nonfinite < 0) return;
        Column(table_SRQ, Nonfinite).add_(rows_SRN.size(-1) - Count(rows_SRN.abs().le_(Largest(rows_SRN.dtype))));
    }

    /// <summary>Of one row, all but the non-finite elements.</summary>
    /// <param name="before">What it is compared with; empty if nothing.</param>
    /// <param name="place">The row of the table.</param>
    /// <returns>Whether all its elements are finite, where that is asked for.</returns>
    protected abstract bool Write<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> before, Span<double> place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

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

    private bool CanBeRead(Tensor table_SQ, Tensor[] tensors) =>
        HostRows.CanRead(table_SQ) && Math.Max(Last, Nonfinite) < table_SQ.size(1) && tensors.All(tensor => HostRows.CanRead(tensor)
            && tensor.dtype == tensors[0].dtype && tensor.size(0) == table_SQ.size(0) && tensor.numel() == tensors[0].numel());

    private void Write<T>(HostRows[] rows, Tensor table_SRQ, int first) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> elements = HostRows.Elements<T>(rows[0].All), others = rows.Length > 1 ? HostRows.Elements<T>(rows[1].All) : [];
        var places = HostRows.Elements<double>(table_SRQ);
        var (all, quantities) = ((int)table_SRQ.size(1), (int)table_SRQ.size(2));
        for (var member = 0; member < table_SRQ.size(0); member++)
        {
            for (var index = 0; index < rows[0].Count; index++)
            {
                var row = rows[0].Row<T>(elements, member, index);
                var before = rows.Length > 1 ? rows[1].Row<T>(others, member, index) : [];
                var place = places.Slice((member * all + first + index) * quantities, quantities);
                if (!Write(row, before, place) && Nonfinite >= 0) place[Nonfinite] += HostSums.Nonfinite(row);
            }
        }
    }

    private static Tensor Count(Tensor marks) => marks.sum(-1, type: marks.size(-1) <= Countable ? marks.dtype : float64);

    private static Tensor Length(Tensor rows) => linalg.vector_norm(rows, 2, [-1L], keepdim: true);

    private static double Largest(ScalarType dtype) => dtype == float32 ? float.MaxValue : double.MaxValue;
}
