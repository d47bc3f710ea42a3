using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same memory in another shape; one size may be -1.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The strides don't allow it: use <see cref="reshape"/>.</exception>
        public Tensor view(params long[] shape) => Aten.Call("view", this, shape);

        public Tensor view_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return view(other.shape);
        }

        /// <summary>Another shape, as a view where the strides allow it and as a copy where not; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Aten.Call("reshape", this, shape);

        /// <summary>One dimension, as a view where possible.</summary>
        public Tensor ravel() => Aten.Call("ravel", this);

        /// <summary>Joins the dimensions from <paramref name="start_dim"/> to <paramref name="end_dim"/>, both included.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.Call("flatten.using_ints", this, start_dim, end_dim);

        /// <summary>Splits a dimension into several; one size may be -1.</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            if (dim < 0 || dim >= ndim) throw new ArgumentException($"Invalid 'dim' argument: {dim}.");
            if (sizes.Length == 0) throw new ArgumentException("The number of output sizes is zero.");
            return Aten.Call("unflatten.int", this, dim, sizes);
        }

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <summary>Without the dimensions of size 1, or without <paramref name="dim"/> if that has size 1.</summary>
        public Tensor squeeze(long? dim = null) =>
            dim is null ? Aten.Call("squeeze", this) : Aten.Call("squeeze.dim", this, dim);

        public Tensor squeeze_(long? dim = null) =>
            dim is null ? Aten.CallInto(this, "squeeze_", this) : Aten.CallInto(this, "squeeze_.dim", this, dim);

        /// <summary>With a new dimension of size 1 at <paramref name="dim"/>.</summary>
        public Tensor unsqueeze(long dim) => Aten.Call("unsqueeze", this, dim);

        public Tensor unsqueeze_(long dim) => Aten.CallInto(this, "unsqueeze_", this, dim);

        public Tensor atleast_1d() => Aten.Call("atleast_1d", this);

        public Tensor atleast_2d() => Aten.Call("atleast_2d", this);

        public Tensor atleast_3d() => Aten.Call("atleast_3d", this);

        /// <summary>Repeats dimensions of size 1 without copying; a size of -1 keeps a dimension as it is.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.Call("expand", this, sizes.ToArray(), isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes.Shape, isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand((ReadOnlySpan<long>)sizes, isImplicit);

        public Tensor expand(params long[] sizes) => expand((ReadOnlySpan<long>)sizes, false);

        public Tensor expand_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return expand(other.shape);
        }

        public Tensor broadcast_to(params long[] shape) => Aten.Call("broadcast_to", this, shape);

        /// <summary>The tensor copied this many times along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.Call("repeat", this, sizes);

        /// <summary>As <see cref="repeat"/>, where missing counts at the front are 1.</summary>
        public Tensor tile(long[] reps) => Aten.Call("tile", this, reps);

        /// <summary>Each element (along <paramref name="dim"/>, or of the flattened tensor) as often as <paramref name="repeats"/> says.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.Call("repeat_interleave.self_Tensor", this, repeats, dim, output_size);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.Call("repeat_interleave.self_int", this, repeats, dim, output_size);

        /// <summary>A view with these sizes and strides (in elements), wherever that leads inside the storage.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Aten.Call("as_strided", this, size, strides, storageOffset);

        /// <summary>Windows of <paramref name="size"/> elements along a dimension, <paramref name="step"/> apart, in a new last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.Call("unfold", this, dimension, size, step);

        /// <summary>(…, 2) real numbers as (…) complex ones, in the same memory.</summary>
        public Tensor view_as_complex() => Aten.Call("view_as_complex", this);

        /// <summary>(…) complex numbers as (…, 2) real ones, in the same memory.</summary>
        public Tensor view_as_real() => Aten.Call("view_as_real", this);
    }
}
