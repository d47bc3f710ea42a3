using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Call("cumsum", this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.Call("cumprod", this, dim, type);
        public Tensor logcumsumexp(long dim) => Aten.Call("logcumsumexp", this, dim);
        public (Tensor values, Tensor indexes) cummax(long dim) => Aten.Call2("cummax", this, dim);
        public (Tensor values, Tensor indexes) cummin(long dim) => Aten.Call2("cummin", this, dim);
    }
}
