using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class linalg
    {
        /// <summary>The cross product of vectors of 3 elements along <paramref name="dim"/>.</summary>
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Aten.Call("linalg_cross", input, other, dim);

        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) => input.diagonal(offset, dim1, dim2);

        public static Tensor matrix_exp(Tensor input) => input.matrix_exp();

        /// <summary>The product of all matrices, in the cheapest order.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            return tensors.Count switch
            {
                0 => throw new ArgumentException("there is no matrix to multiply", nameof(tensors)),
                1 => tensors[0].alias(),
                _ => Aten.Call("linalg_multi_dot", tensors.ToArray()),
            };
        }

        /// <summary>The Vandermonde matrix: rising powers of the elements as columns.</summary>
        public static Tensor vander(Tensor input, long? N = null) => Aten.Call("linalg_vander", input, N ?? input.shape[^1]);

        /// <summary>Σ x̄·y along a dimension.</summary>
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null) => @out is null
            ? Aten.Call("linalg_vecdot", x, y, dim)
            : Aten.Call("linalg_vecdot.out", x, y, dim, @out);
    }
}
