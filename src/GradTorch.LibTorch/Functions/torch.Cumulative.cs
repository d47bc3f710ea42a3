namespace TorchSharp;

public static partial class torch
{
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);
    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);
    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);
    public static (Tensor values, Tensor indices) cummax(Tensor input, long dim) => input.cummax(dim);
    public static (Tensor values, Tensor indices) cummin(Tensor input, long dim) => input.cummin(dim);
}
