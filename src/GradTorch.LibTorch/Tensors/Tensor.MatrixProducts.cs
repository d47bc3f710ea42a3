using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The product over the last dimension of this and the second to last of <paramref name="target"/>; the dimensions before are
        /// broadcast, vectors are rows on the left and columns on the right.</summary>
        public Tensor matmul(Tensor target) => Aten.Call("matmul", this, target);

        /// <summary>(n, k) · (k, m).</summary>
        public Tensor mm(Tensor target) => Aten.Call("mm", this, target);

        /// <summary>(n, k) · (k).</summary>
        public Tensor mv(Tensor target) => Aten.Call("mv", this, target);

        /// <summary>(b, n, k) · (b, k, m).</summary>
        public Tensor bmm(Tensor batch2) => Aten.Call("bmm", this, batch2);

        /// <summary>β·self + α·(batch1 · batch2), with self (b, n, m) or broadcast to it.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.Call("baddbmm", this, batch1, batch2, beta, alpha);

        /// <summary>β·self + α·Σ_b batch1_b · batch2_b.</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.Call("addbmm", this, batch1, batch2, beta, alpha);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Aten.CallInto(this, "addbmm_", this, batch1, batch2, beta, alpha);

        /// <summary>β·self + α·(mat1 · mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.Call("addmm", this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.CallInto(this, "addmm_", this, mat1, mat2, beta, alpha);

        /// <summary>β·self + α·(mat · vec).</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Aten.Call("addmv", this, mat, vec, beta, alpha);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) =>
            Aten.CallInto(this, "addmv_", this, mat, vec, beta, alpha);

        /// <summary>β·self + α·(vec1 ⊗ vec2).</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) => Aten.Call("addr", this, vec1, vec2, beta, alpha);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) =>
            Aten.CallInto(this, "addr_", this, vec1, vec2, beta, alpha);

        public Tensor dot(Tensor target) => Aten.Call("dot", this, target);

        /// <summary>The dot product with the conjugate of this.</summary>
        public Tensor vdot(Tensor target) => Aten.Call("vdot", this, target);

        /// <summary>The product over the last dimension of both.</summary>
        public Tensor inner(Tensor vec2) => Aten.Call("inner", this, vec2);

        /// <summary>vec1 ⊗ vec2.</summary>
        public Tensor outer(Tensor vec2) => Aten.Call("outer", this, vec2);

        public Tensor ger(Tensor vec2) => Aten.Call("ger", this, vec2);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => Aten.Call("kron", this, other);

        /// <summary>The product over the last <paramref name="dims"/> dimensions of this and the first ones of <paramref name="b"/>.</summary>
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dims);
            var first = Enumerable.Range(0, (int)dims).Select(dim => (long)dim).ToArray();
            return tensordot(b, [.. first.Select(dim => Dimensions - dims + dim)], first);
        }

        /// <summary>The product over pairs of dimensions, one of this and one of <paramref name="b"/>.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Aten.Call("tensordot", this, b, dims1, dims2);

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, [.. dims.Select(pair => pair.Item1)], [.. dims.Select(pair => pair.Item2)]);
    }
}
