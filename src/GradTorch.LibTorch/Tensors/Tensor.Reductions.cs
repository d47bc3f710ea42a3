using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <param name="type">Element type of the sum and of adding; default Int64 for integers and Booleans, else the tensor's.</param>
        public Tensor sum(ScalarType? type = null) => Aten.Call("sum", this, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("sum.dim_IntList", this, dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            sum(dim.ToArray(), keepdim, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum(new[] { dim }, keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum(new[] { dim0, dim1 }, keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum(new[] { dim0, dim1, dim2 }, keepdim, type);

        public Tensor mean() => Aten.Call("mean", this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("mean.dim", this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => Aten.Call("prod", this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("prod.dim_int", this, dim, keepdim, type);

        /// <summary>The sum of the elements that are not NaN.</summary>
        public Tensor nansum() => Aten.Call("nansum", this);

        /// <summary>The mean of the elements that are not NaN, over all dimensions or one.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Aten.Call("nanmean", this, dim is { } one ? new long[] { one } : null, keepdim, dtype);

        /// <summary>ln Σ exp(x) without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.Call("logsumexp", this, new[] { dim }, keepdim);

        public Tensor all() => Aten.Call("all", this);
        public Tensor all(long dim, bool keepdim = false) => Aten.Call("all.dim", this, dim, keepdim);
        public Tensor any() => Aten.Call("any", this);
        public Tensor any(long dim, bool keepdim = false) => Aten.Call("any.dim", this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Aten.Call("count_nonzero", this) : Aten.Call("count_nonzero.dim_IntList", this, dims);

        /// <summary>The p-norm of all elements, in their own precision: squares below the smallest number vanish.</summary>
        public Tensor norm(float p = 2) => Aten.Call("norm.Scalar", this, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) =>
            Aten.Call("norm.ScalarOpt_dim", this, p, new long[] { dim }, keepdim);

        /// <summary>The p-norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2) => Aten.Call("dist", this, other, p);

        /// <summary>Scales each slice along <paramref name="dim"/> whose p-norm is above <paramref name="maxnorm"/> down to it.</summary>
        public Tensor renorm(float p, long dim, float maxnorm) => Aten.Call("renorm", this, p, dim, maxnorm);
    }
}
