using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Whether cdist computes Euclidean distances through a matrix product, which is faster and less exact.</summary>
public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0, use_mm_for_euclid_dist = 1, donot_use_mm_for_euclid_dist = 2,
}

public static partial class torch
{
    /// <summary>The sum of products that Einstein's notation describes, as "bij,bjk->bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.Call("einsum", equation, tensors);

    public static Tensor chain_matmul(params Tensor[] matrices) => linalg.multi_dot(matrices);

    /// <summary>The p-norm distances (…, n, m) between rows of x1 (…, n, k) and x2 (…, m, k).</summary>
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary)
    {
        if (p < 0) throw new ArgumentException("p must be non-negative");
        return Aten.Call("cdist", x1, x2, p, (long)compute_mode);
    }

    public static (Tensor res, Tensor logabsdet) slogdet(Tensor A) => linalg.slogdet(A);

    public static Tensor orgqr(Tensor input, Tensor tau) => linalg.householder_product(input, tau);

    /// <summary>The compact LU decomposition, its pivots, and with <paramref name="get_infos"/> where it met a zero pivot.</summary>
    public static (Tensor A_LU, Tensor? pivots, Tensor? infos) lu(Tensor A, bool pivot = true, bool get_infos = false)
    {
        var (factors, pivots, infos) = Aten.Call3("linalg_lu_factor_ex", A, pivot);
        if (get_infos) return (factors, pivots, infos);
        infos.Dispose();
        return (factors, pivots, null);
    }

    public static (Tensor P, Tensor? L, Tensor? U) lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data = true, bool unpack_pivots = true) =>
        Aten.Call3("lu_unpack", LU_data, LU_pivots, unpack_data, unpack_pivots);

    /// <summary>The positions where the condition holds, one vector for each dimension.</summary>
    /// <exception cref="ArgumentException">The condition is not Boolean.</exception>
    public static Tensor[] where(Tensor condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.dtype != ScalarType.Bool) throw new ArgumentException("The condition to 'where' must be a boolean tensor.");
        return Aten.CallList("where", condition);
    }

    /// <summary>For each value the position at which it would be inserted into the sorted sequence.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Aten.Call("searchsorted.Tensor", sorted_sequence, values, out_int32, right, Argument.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor sorter) =>
        Aten.Call("searchsorted.Scalar", sorted_sequence, values, out_int32, right, Argument.None, sorter);
}
