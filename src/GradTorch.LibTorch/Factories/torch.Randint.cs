using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Random integers from [low, high), Int64 unless <paramref name="dtype"/> says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range does not fit into the type.</exception>
    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        RequireUnnamed(names);
        var type = dtype ?? ScalarType.Int64;
        RequireInRange(low, type, nameof(low));
        RequireInRange(high - 1, type, nameof(high));
        var place = InitializeDevice(device);
        if (!is_complex(type)) return Leaf(Integers(type, size.Shape), requires_grad);
        using var parts = Integers(type == ScalarType.ComplexFloat32 ? ScalarType.Float32 : ScalarType.Float64, [.. size.Shape, 2]);
        return Leaf(Aten.Call("view_as_complex", parts), requires_grad);

        Tensor Integers(ScalarType of, long[] shape) =>
            Aten.Call("randint.low_generator", low, high, shape, generator, of, Argument.None, place);
    }

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(int high, int[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(int low, int high, int[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    /// <summary>A random order of 0 … n − 1.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Leaf(Aten.Call("randperm.generator", n, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device)), requires_grad);

    public static Tensor randperm(long n, Tensor @out, Generator? generator = null) =>
        Aten.Call("randperm.generator_out", n, generator, @out);

    private static void RequireInRange(long value, ScalarType type, string argument)
    {
        var (least, most) = type switch
        {
            ScalarType.Byte => (byte.MinValue, byte.MaxValue),
            ScalarType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ScalarType.Int16 => (short.MinValue, short.MaxValue),
            ScalarType.Int32 => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(argument, value, $"The value is outside the range of {type}");
    }
}
