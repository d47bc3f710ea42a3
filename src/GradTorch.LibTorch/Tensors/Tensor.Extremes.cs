using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor max() => Aten.Call("max", this);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Aten.Call2("max.dim", this, dim, keepdim);

        /// <summary>The index into the flattened tensor, or along one dimension.</summary>
        public Tensor argmax() => Aten.Call("argmax", this);
        public Tensor argmax(long dim, bool keepdim = false) => Aten.Call("argmax", this, dim, keepdim);

        /// <summary>Over several dimensions; gradients are shared evenly among equal elements.</summary>
        public Tensor amax(params long[] dims) => amax(dims, keepdim: false);
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Aten.Call("amax", this, dims, keepdim) : Aten.Call("amax.out", this, dims, keepdim, @out);
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amax(dims.ToArray(), keepdim, @out);

        public Tensor min() => Aten.Call("min", this);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Aten.Call2("min.dim", this, dim, keepdim);

        /// <summary>The index into the flattened tensor, or along one dimension.</summary>
        public Tensor argmin() => Aten.Call("argmin", this);
        public Tensor argmin(long dim, bool keepdim = false) => Aten.Call("argmin", this, dim, keepdim);

        /// <summary>Over several dimensions; gradients are shared evenly among equal elements.</summary>
        public Tensor amin(params long[] dims) => amin(dims, keepdim: false);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Aten.Call("amin", this, dims, keepdim) : Aten.Call("amin.out", this, dims, keepdim, @out);
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            amin(dims.ToArray(), keepdim, @out);

        /// <summary>Both extremes, over all elements or along one dimension.</summary>
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Aten.Call2("aminmax", this, dim, keepdim);

        /// <summary>The median; of an even number of elements the lower of the two in the middle.</summary>
        public Tensor median() => Aten.Call("median", this);

        /// <summary>The median of the elements that are not NaN.</summary>
        public Tensor nanmedian() => Aten.Call("nanmedian", this);

        /// <summary>The most frequent value, the smallest of several.</summary>
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) =>
            Aten.Call2("mode", this, dim, keepdim);

        /// <summary>Quantiles at the probabilities <paramref name="q"/>, linear between neighbours; over all elements when
        /// <paramref name="dim"/> is −1, which therefore can't name the last dimension.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Aten.Call("quantile", this, q, dim == -1 ? default(long?) : dim, keepdim);
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Aten.Call("nanquantile", this, q, dim == -1 ? default(long?) : dim, keepdim);
    }
}
