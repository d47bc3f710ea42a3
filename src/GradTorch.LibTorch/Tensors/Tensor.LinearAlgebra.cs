using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor det() => linalg.det(this);

        public Tensor logdet() => Aten.Call("logdet", this);

        public Tensor inverse() => linalg.inv(this);

        /// <summary>The pseudo-inverse; singular values below <paramref name="rcond"/> times the largest count as 0.</summary>
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Aten.Call("linalg_pinv", this, rcond, hermitian);

        public Tensor matrix_power(int n) => Aten.Call("linalg_matrix_power", this, n);

        /// <summary>exp(A) = Σ Aⁿ/n!.</summary>
        public Tensor matrix_exp() => Aten.Call("linalg_matrix_exp", this);

        /// <summary>L with A = L·Lᴴ, or U with A = Uᴴ·U.</summary>
        public Tensor cholesky(bool upper = false) => Aten.Call("linalg_cholesky", this, upper);

        /// <summary>A⁻¹ from the Cholesky factor of A.</summary>
        public Tensor cholesky_inverse(bool upper = false) => Aten.Call("cholesky_inverse", this, upper);

        /// <summary>X with A·X = self, from the Cholesky factor <paramref name="input2"/> of A.</summary>
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Aten.Call("cholesky_solve", this, input2, upper);

        /// <summary>The QR decomposition as Householder reflectors: what LAPACK calls by this name.</summary>
        public (Tensor a, Tensor tau) geqrf() => Aten.Call2("geqrf", this);

        public Tensor ormqr(Tensor tau, Tensor other, bool left = true, bool transpose = false) =>
            Aten.Call("ormqr", this, tau, other, left, transpose);

        /// <summary>The Vandermonde matrix of a vector: its powers as columns, falling unless <paramref name="increasing"/>.</summary>
        public Tensor vander(long N = -1, bool increasing = false)
        {
            if (Dimensions != 1) throw new InvalidOperationException("Input argument for 'vander()' must be 1-D.");
            return Aten.Call("vander", this, N == -1 ? size(0) : N, increasing);
        }
    }
}
