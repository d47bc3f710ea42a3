using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>start, start + step, … below <paramref name="stop"/>. Without <paramref name="dtype"/>: Int64 when all three are
    /// integers, else the default floating-point type.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(stop);
        ArgumentNullException.ThrowIfNull(step);
        var integers = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        var type = dtype ?? (integers ? ScalarType.Int64 : get_default_dtype());
        return Leaf(Aten.Call("arange.start_step", start, stop, step, type, Argument.None, InitializeDevice(device)), requires_grad);
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary><paramref name="steps"/> evenly spaced numbers, both ends included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Leaf(Aten.Call("linspace", start, end, steps, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)), requires_grad);

    /// <summary>base^start … base^end, evenly spaced in the exponent, both ends included.</summary>
    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.Call("logspace", start, end, steps, @base, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)), requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere. With <paramref name="columns"/> -1 (default) it is square.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null)
    {
        RequireUnnamed(names);
        return Leaf(Aten.Call("eye.m", rows, columns == -1 ? rows : columns, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)), requires_grad);
    }

    /// <summary>Row and column indices (2, N) of the lower triangle.</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Aten.Call("tril_indices", row, col, offset, dtype, Argument.None, InitializeDevice(device));

    /// <summary>Row and column indices (2, N) of the upper triangle.</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Aten.Call("triu_indices", row, col, offset, dtype, Argument.None, InitializeDevice(device));

    public static Tensor complex(Tensor real, Tensor imag) => Aten.Call("complex", real, imag);

    /// <summary>abs · (cos(angle) + i·sin(angle)).</summary>
    public static Tensor polar(Tensor abs, Tensor angle) => Aten.Call("polar", abs, angle);
}
