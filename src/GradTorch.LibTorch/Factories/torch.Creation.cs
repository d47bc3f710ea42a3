using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Turns a new tensor into a leaf that needs a gradient; it is not left behind when that is impossible.
    /// </summary>
    internal static Tensor Leaf(Tensor created, bool requires_grad)
    {
        if (!requires_grad) return created;
        try
        {
            return created.requires_grad_();
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    private static void RequireUnnamed(string[]? names)
    {
        if (names is { Length: > 0 })
            throw new NotSupportedException("Named dimensions are not available here: leave 'names' out.");
    }

    private static Tensor Random(string factory, ReadOnlySpan<long> size, ScalarType? dtype, Device? device,
        bool requires_grad, Generator? generator, string[]? names)
    {
        if (dtype is { } type && is_integral(type))
            throw new ArgumentException($"torch.{factory.Split('.')[0]}() was passed a bad dtype: {dtype}. It must be floating point or complex.", nameof(dtype));
        RequireUnnamed(names);
        return Leaf(Aten.Call(factory, size.ToArray(), generator, dtype ?? get_default_dtype(), Argument.None, InitializeDevice(device)), requires_grad);
    }

    /// <summary>A tensor with a copy of the first elements, as many as the dimensions ask for.</summary>
    /// <exception cref="ArgumentException">There are fewer elements than that.</exception>
    private static Tensor Of<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device,
        bool requires_grad, string[]? names = null) where T : unmanaged
    {
        RequireUnnamed(names);
        RequireElements(elements.Length, dimensions);
        return Placed(FromMemory(elements, dimensions, ElementTypes.Of<T>()), dtype, device, requires_grad);
    }

    /// <summary>A tensor with a copy of the array, of the array's own shape.</summary>
    private static Tensor OfArray<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array));
        return Of<T>(MemoryMarshal.CreateReadOnlySpan(ref first, array.Length), ShapeOf(array), dtype, device, requires_grad, names);
    }

    private static long[] ShapeOf(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    private static void RequireElements(long available, ReadOnlySpan<long> dimensions)
    {
        var needed = 1L;
        foreach (var size in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(dimensions));
            needed = checked(needed * size);
        }
        if (needed > available)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {needed} vs. {available}");
    }

    /// <summary>Moves a new CPU tensor to where and to the type it was asked for.</summary>
    private static Tensor Placed(Tensor created, ScalarType? dtype, Device? device, bool requires_grad)
    {
        Tensor placed;
        try
        {
            var place = InitializeDevice(device);
            if (!created.toWillCopy(dtype ?? created.dtype, place)) return Leaf(created, requires_grad);
            placed = created.to(dtype ?? created.dtype, place);
        }
        catch
        {
            created.Dispose();
            throw;
        }
        created.Dispose();
        return Leaf(placed, requires_grad);
    }
}
