using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of <paramref name="length"/> positions of a dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.Call("narrow", this, dim, start, length);

        /// <summary>A view of one position of a dimension, without that dimension.</summary>
        public Tensor select(long dim, long index) => Aten.Call("select.int", this, dim, index);

        /// <summary>A view of the positions start, start + step, … below <paramref name="finish"/>.</summary>
        public Tensor slice(long dim, long start, long finish, long step)
        {
            if (step < 1) throw new ArgumentException($"step is {step}, but it should always be positive.");
            return Aten.Call("slice.Tensor", this, dim, start, finish, step);
        }

        /// <summary>A copy in which one position of a dimension holds <paramref name="src"/>.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) => Aten.Call("select_scatter", this, src, dim, index);

        /// <summary>A copy in which a slice of a dimension holds <paramref name="src"/>.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) =>
            Aten.Call("slice_scatter", this, src, dim, start, end, step);

        /// <summary>A copy in which a diagonal holds <paramref name="src"/>.</summary>
        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) =>
            Aten.Call("diagonal_scatter", this, src, offset, dim1, dim2);

        /// <summary>The matrix with this vector as diagonal, or the diagonal of this matrix.</summary>
        public Tensor diag(long diagonal = 0) => Aten.Call("diag", this, diagonal);

        public Tensor diagflat(long offset = 0) => Aten.Call("diagflat", this, offset);

        /// <summary>Matrices whose diagonals are the last dimension.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Aten.Call("diag_embed", this, offset, dim1, dim2);

        /// <summary>A view of the diagonals of two dimensions, as the last dimension.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1)
        {
            if (dim1 == dim2) throw new ArgumentException($"Diagonal dimensions cannot be identical {dim1}, {dim2}");
            return Aten.Call("diagonal", this, offset, dim1, dim2);
        }

        /// <summary>The sum of a matrix' diagonal.</summary>
        /// <exception cref="ArgumentException">It is not a matrix.</exception>
        public Tensor trace()
        {
            if (ndim != 2) throw new ArgumentException($"Expected a matrix, but found a tensor with {ndim} dimensions.");
            return Aten.Call("trace", this);
        }

        /// <summary>The lower triangle, zeros above the given diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Aten.Call("tril", this, diagonal);

        public Tensor tril_(long diagonal = 0) => Aten.CallInto(this, "tril_", this, diagonal);

        /// <summary>The upper triangle, zeros below the given diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Aten.Call("triu", this, diagonal);

        public Tensor triu_(long diagonal = 0) => Aten.CallInto(this, "triu_", this, diagonal);
    }
}
