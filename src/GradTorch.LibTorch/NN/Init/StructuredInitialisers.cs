using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>The identity: ones on the diagonal of a matrix.</summary>
            /// <exception cref="ExternalException">The tensor is no matrix.</exception>
            public static Tensor eye_(Tensor tensor)
            {
                RequireMatrix(tensor);
                using var untracked = no_grad();
                zeros_(tensor);
                return Aten.CallInto(tensor, "fill_diagonal_", tensor, 1);
            }

            /// <summary>The identity as a convolution: weight (out, in, kernel…) hands as many channels on as it can.
            /// </summary>
            /// <exception cref="ExternalException">The tensor has not three to five dimensions.</exception>
            public static Tensor dirac_(Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (tensor.ndim is < 3 or > 5)
                    throw new ExternalException("Only tensors with 3, 4, or 5 dimensions are supported");
                var shape = tensor.shape;
                using var untracked = no_grad();
                zeros_(tensor);
                for (long channel = 0; channel < Math.Min(shape[0], shape[1]); channel++)
                {
                    using var scope = NewDisposeScope();
                    var element = Aten.Call("select.int", Aten.Call("select.int", tensor, 0, channel), 0, channel);
                    foreach (var length in shape.AsSpan(2)) element = Aten.Call("select.int", element, 0, length / 2);
                    ones_(element);
                }
                return tensor;
            }

            /// <summary>A random orthogonal matrix times <paramref name="gain"/>, uniformly distributed (Saxe et al. 2013);
            /// rows of a wide matrix and columns of a tall one are orthonormal. Dimensions after the first count as one.
            /// </summary>
            /// <exception cref="ExternalException">The tensor has fewer than two dimensions.</exception>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (tensor.ndim < 2) throw new ExternalException("Only tensors with 2 or more dimensions are supported");
                if (tensor.NumberOfElements == 0) return tensor;
                var rows = tensor.shape[0];
                var columns = tensor.NumberOfElements / rows;
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var matrix = Aten.Call("normal_", Aten.Call("new_empty", tensor, new[] { rows, columns }), 0.0, 1.0);
                if (rows < columns) matrix = Aten.Call("t", matrix);
                var (q, r) = Aten.Call2("linalg_qr", matrix);
                // Signs that make the decomposition unique, and so q uniformly distributed.
                var signs = Aten.Call("sign", Aten.Call("diagonal", r));
                q = Aten.Call("mul.Tensor", q, signs);
                if (rows < columns) q = Aten.Call("t", q);
                Aten.CallInto(tensor, "copy_", tensor, Aten.Call("reshape", q, tensor.shape));
                return Aten.CallInto(tensor, "mul_.Scalar", tensor, gain);
            }

            /// <summary>Normal with zeros in a part of each column of a matrix (Martens 2010).</summary>
            /// <param name="tensor">A matrix.</param>
            /// <param name="sparsity">Share in [0, 1] of a column's elements that are zero, rounded up.</param>
            /// <param name="std">Of the elements that are not zero.</param>
            /// <exception cref="ExternalException">The tensor is no matrix.</exception>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                RequireMatrix(tensor);
                var (rows, columns) = (tensor.shape[0], tensor.shape[1]);
                var zeros = (long)Math.Ceiling(sparsity * rows);
                using var untracked = no_grad();
                normal_(tensor, 0, std);
                for (long column = 0; column < columns; column++)
                {
                    using var scope = NewDisposeScope();
                    var order = Aten.Call("randperm", rows);
                    var chosen = Aten.Call("narrow", order, 0, 0, zeros).to(tensor.device);
                    var elements = Aten.Call("select.int", tensor, 1, column);
                    Aten.CallInto(elements, "index_fill_.int_Scalar", elements, 0, chosen, 0);
                }
                return tensor;
            }

            private static void RequireMatrix(Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (tensor.ndim != 2)
                    throw new ExternalException(string.Create(CultureInfo.InvariantCulture, $"Only tensors with 2 dimensions are supported, got {tensor.ndim}"));
            }
        }
    }
}
