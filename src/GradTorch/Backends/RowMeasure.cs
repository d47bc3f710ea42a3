using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>What is measured of rows of elements, and the columns of a table that it goes to. A column of −1 is not wanted.</summary>
internal abstract record RowMeasure
{
    /// <summary>Up to here a float32 counts.</summary>
    private const long Countable = 1 << 24;

    /// <param name="rows_SRN">What is measured, then what it is compared with, if anything.</param>
    /// <param name="table_SRQ">float64.</param>
    public abstract void Write(Tensor[] rows_SRN, Tensor table_SRQ);

    /// <summary>Of one tensor, (S, …), to a table (S, Q).</summary>
    public void Write(Tensor table_SQ, params Tensor[] tensors)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Write([.. tensors.Select(tensor => tensor.reshape(tensor.shape[0], 1, -1))], table_SQ.unsqueeze(1));
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

    /// <param name="figures_SR">Not finite where an element of a row is not.</param>
    protected static void AddNonfinite(Tensor rows, Tensor figures_SR, Tensor table_SRQ, int column)
    {
        var place = Column(table_SRQ, column);
        if (!rows.is_cpu())
        {
            place.add_(Nonfinite(rows));
            return;
        }
        // There are hardly ever any, and only such rows are gone through. Another device would wait for the host here.
        var suspected = figures_SR.isfinite().logical_not_();
        var suspects = rows.flatten(0, 1).index_select(0, suspected.flatten().nonzero().squeeze(1));
        place.add_(zeros(place.shape, float64).masked_scatter_(suspected, Nonfinite(suspects).to(float64)));
    }

    /// <param name="marks">1 and 0 in the type of the rows: comparing in place makes such, several times as fast as truth values.
    /// </param>
    protected static Tensor Count(Tensor marks) => marks.sum(-1, type: marks.size(-1) <= Countable ? marks.dtype : float64);

    private static Tensor Nonfinite(Tensor rows) => rows.size(-1) - Count(rows.abs().le_(Largest(rows.dtype)));

    private static Tensor Length(Tensor rows) => linalg.vector_norm(rows, 2, [-1L], keepdim: true);

    private static double Largest(ScalarType dtype) => dtype == float32 ? float.MaxValue : double.MaxValue;
}
