namespace TorchSharp;

public static partial class torch
{
    public static Tensor max(Tensor input) => input.max();
    public static Tensor max(Tensor input, Tensor other) => input.max(other);
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) =>
        input.max(dim, keepdim);
    public static Tensor min(Tensor input) => input.min();
    public static Tensor min(Tensor input, Tensor other) => input.min(other);
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) =>
        input.min(dim, keepdim);
    public static Tensor argmax(Tensor input) => input.argmax();
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);
    public static Tensor argmin(Tensor input) => input.argmin();
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    public static Tensor amax(Tensor input, long[] dims) => input.amax(dims);
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) =>
        input.amax(dims, keepdim, @out);
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
        input.amax(dims, keepdim, @out);
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) =>
        input.amin(dims, keepdim, @out);
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
        input.amin(dims, keepdim, @out);
    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) =>
        input.aminmax(dim, keepdim);
    public static Tensor median(Tensor input) => input.median();
    public static Tensor nanmedian(Tensor input) => input.nanmedian();
    public static (Tensor values, Tensor indices) mode(Tensor input, long dim = -1, bool keepdim = false) =>
        input.mode(dim, keepdim);
    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) =>
        input.quantile(q, dim, keepdim);
    public static Tensor nanquantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) =>
        input.nanquantile(q, dim, keepdim);
}
