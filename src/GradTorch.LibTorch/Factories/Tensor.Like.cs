using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Like this one: its shape, and its type and device unless others are given.

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Like("zeros_like", dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Like("ones_like", dtype, device, requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Like("empty_like", dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        {
            ArgumentNullException.ThrowIfNull(value);
            return Leaf(Aten.Call("full_like", this, value, dtype ?? this.dtype, Argument.None, device ?? this.device), requires_grad);
        }

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Like("rand_like", dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Like("randn_like", dtype, device, requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Leaf(Aten.Call("randint_like.low_dtype", this, low, high, dtype ?? this.dtype, Argument.None, device ?? this.device), requires_grad);

        // Into this one: it takes the new shape and elements, and a second reference to it is returned.

        public Tensor zeros(params long[] sizes) => Aten.Call("zeros.out", sizes, this);

        public Tensor ones(params long[] sizes) => Aten.Call("ones.out", sizes, this);

        public Tensor empty(params long[] sizes) => Aten.Call("empty.out", sizes, Argument.None, this);

        public Tensor full(long[] sizes, Scalar value) => Aten.Call("full.out", sizes, value, this);

        public Tensor full(ReadOnlySpan<long> sizes, Scalar value) => full(sizes.ToArray(), value);

        public Tensor eye(long rows, long columns) => Aten.Call("eye.m_out", rows, columns, this);

        public Tensor arange_out(Scalar start, Scalar stop, Scalar step) => Aten.Call("arange.start_out", start, stop, step, this);

        public Tensor rand_out(params long[] sizes) => Aten.Call("rand.out", sizes, this);

        public Tensor randn_out(params long[] sizes) => Aten.Call("randn.out", sizes, this);

        public Tensor randint_out(long high, long[] sizes) => Aten.Call("randint.out", high, sizes, this);

        public Tensor randperm_out(long n) => Aten.Call("randperm.out", n, this);

        private Tensor Like(string factory, ScalarType? dtype, Device? device, bool requires_grad) =>
            Leaf(Aten.Call(factory, this, dtype ?? this.dtype, Argument.None, device ?? this.device), requires_grad);
    }
}
