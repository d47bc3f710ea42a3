using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements at the positions <paramref name="index"/> (Int64) along a dimension: out[i][j] = self[index[i][j]][j] for dim 0.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.Call("gather", this, dim, index);

        /// <summary>A copy with <paramref name="src"/> written to the positions <paramref name="index"/> along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.Call("scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.CallInto(this, "scatter_.src", this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.Call("scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.CallInto(this, "scatter_add_", this, dim, index, src);

        /// <summary>The positions <paramref name="index"/> (one-dimensional) of a dimension, copied.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.Call("index_select", this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.Call("index_add", this, dim, Int64(index), source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Aten.CallInto(this, "index_add_", this, dim, Int64(index), source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.Call("index_copy", this, dim, Int64(index), source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Aten.CallInto(this, "index_copy_", this, dim, Int64(index), source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) =>
            Aten.Call("index_fill.int_Scalar", this, dim, Int64(index), value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            Aten.CallInto(this, "index_fill_.int_Scalar", this, dim, Int64(index), value);

        /// <summary>The elements where the mask holds, in one dimension.</summary>
        /// <exception cref="ArgumentException">The mask is not Boolean.</exception>
        public Tensor masked_select(Tensor mask)
        {
            ArgumentNullException.ThrowIfNull(mask);
            if (mask.dtype != ScalarType.Bool) throw new ArgumentException("The mask tensor must be Boolean.");
            return Aten.Call("masked_select", this, mask);
        }

        /// <summary>A copy in which the places where the mask holds have the elements of <paramref name="value"/>, in order.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.Call("masked_scatter", this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Aten.CallInto(this, "masked_scatter_", this, mask, value);

        /// <summary>The elements at these positions of the flattened tensor.</summary>
        public Tensor take(Tensor index) => Aten.Call("take", this, index);

        /// <summary>As gather, with broadcasting; of the flattened tensor without a dimension.</summary>
        public Tensor take_along_dim(Tensor indices) => Aten.Call("take_along_dim", this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Aten.Call("take_along_dim", this, indices, dim);

        public Tensor take_along_dim(IEnumerable<long> indices)
        {
            using var positions = tensor(indices.ToArray());
            return take_along_dim(positions);
        }

        public Tensor take_along_dim(IEnumerable<long> indices, long dim)
        {
            using var positions = tensor(indices.ToArray());
            return take_along_dim(positions, dim);
        }

        /// <summary>The positions (N, dimensions) of the elements that are not zero.</summary>
        public Tensor nonzero() => Aten.Call("nonzero", this);

        /// <summary>The positions of the elements that are not zero, one (N, 1) tensor for each dimension.</summary>
        public IList<Tensor> nonzero_as_list()
        {
            using var positions = nonzero();
            return positions.split(1, 1);
        }

        public Tensor argwhere() => Aten.Call("argwhere", this);

        private static Tensor Int64(Tensor index)
        {
            ArgumentNullException.ThrowIfNull(index);
            return index.dtype == ScalarType.Int64 ? index : throw new ArgumentException("Element type of 'index' must be 'Int64'");
        }
    }
}
