using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The dimensions in reverse order.</summary>
        public Tensor T => Aten.Call("numpy_T", this);

        /// <summary>The conjugate transpose of a matrix.</summary>
        public Tensor H
        {
            get
            {
                if (!is_complex()) return transpose(0, 1);
                using var transposed = transpose(0, 1);
                return Aten.Call("conj", transposed);
            }
        }

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => Aten.Call("mT", this);

        /// <summary>The last two dimensions exchanged, conjugated.</summary>
        public Tensor mH => Aten.Call("mH", this);

        public Tensor adjoint() => Aten.Call("adjoint", this);

        /// <summary>The transpose of a matrix; a vector or a scalar as it is.</summary>
        public Tensor t() => Aten.Call("t", this);

        public Tensor transpose(long dim0, long dim1) => Aten.Call("transpose.int", this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Aten.CallInto(this, "transpose_", this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => Aten.Call("swapaxes", this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => Aten.Call("swapdims", this, dim0, dim1);

        /// <summary>The dimensions in the given order.</summary>
        public Tensor permute(params long[] permutation) => Aten.Call("permute", this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        /// <summary>Dimensions <paramref name="source"/> at the places <paramref name="destination"/>, the others in their order.</summary>
        public Tensor movedim(long[] source, long[] destination) => Aten.Call("movedim.intlist", this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        /// <summary>The elements in reverse order along each of the dimensions, copied.</summary>
        public Tensor flip(params long[] dims) => Aten.Call("flip", this, dims);

        public Tensor fliplr() => Aten.Call("fliplr", this);

        public Tensor flipud() => Aten.Call("flipud", this);

        /// <summary>A quarter turn, k times, from the first towards the second of <paramref name="dims"/> (default 0 and 1).</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (from, to) = dims ?? (0, 1);
            return Aten.Call("rot90", this, k, new[] { from, to });
        }

        /// <summary>The elements moved along, what falls off one end entering at the other; of the flattened tensor without
        /// <paramref name="dims"/>.</summary>
        public Tensor roll(long shifts, long? dims = null) => Aten.Call("roll", this, new[] { shifts }, dims is { } dim ? [dim] : Array.Empty<long>());

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll(new[] { shifts.Item1, shifts.Item2 }, new[] { dims.Item1, dims.Item2 });

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            roll(new[] { shifts.Item1, shifts.Item2, shifts.Item3 }, new[] { dims.Item1, dims.Item2, dims.Item3 });

        public Tensor roll(long[] shifts, long[] dims) => Aten.Call("roll", this, shifts, dims);

        /// <summary>Along the first dimension.</summary>
        public Tensor roll(long[] shifts) => Aten.Call("roll", this, shifts, new[] { 0L });

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Aten.Call("roll", this, shifts.ToArray(), dims.ToArray());
    }
}
