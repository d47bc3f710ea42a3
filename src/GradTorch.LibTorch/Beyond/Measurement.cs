using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Measures tensors member by member in one native pass each. Figures go into a float64 table (S, Q), member by
/// quantity; a quantity of -1 is not wanted.</summary>
public static class Measurement
{
    /// <summary>Watches a tensor: in backward the norm of its gradient, the fraction of exact zeros and the count of
    /// non-finite elements (added) go to the table. The gradient itself is left as it is.</summary>
    public static void Tap(Tensor tensor, Tensor table, int norm, int zeros, int nonfinite)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_tap(tensor.Handle, table.Handle, norm, zeros, nonfinite));
    }

    /// <summary>Euclidean norm per member, in float64.</summary>
    public static void Norm(Tensor tensor, Tensor table, int norm, int zeros = -1, int nonfinite = -1)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_measure_norm(tensor.Handle, table.Handle, norm, zeros, nonfinite));
    }

    /// <summary>Euclidean norm per member of <paramref name="tensor"/> − <paramref name="before"/>.</summary>
    public static void Difference(Tensor tensor, Tensor before, Tensor table, int norm)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_measure_difference(tensor.Handle, before.Handle, table.Handle, norm));
    }

    /// <summary>Norms of many rows, or of what changed in them, in float64; on a CUDA device in one kernel.</summary>
    public static unsafe void Rows(IReadOnlyList<RowNorms> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        MeasuredRows[] rows =
        [
            .. all.Select(one => new MeasuredRows
            {
                Rows = one.Rows.Handle, Before = one.Before?.Handle ?? 0, Table = one.Table.Handle, Norm = one.Norm, Nonfinite = one.Nonfinite,
            }),
        ];
        fixed (MeasuredRows* first = rows) Failure.Check(gt_measure_rows(first, rows.Length));
        GC.KeepAlive(all);
    }

    /// <summary>Mean, standard deviation (n − 1), and the fraction of elements ≤ low or ≥ high.</summary>
    public static void Activation(Tensor tensor, Tensor table, int mean, int deviation, int saturated, int nonfinite,
        double low, double high)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(table);
        Failure.Check(gt_measure_activation(tensor.Handle, table.Handle, mean, deviation, saturated, nonfinite, low, high));
    }
}
