using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of the array's shape that shares its memory; a copy where type or device differ.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false,
        string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        RequireUnnamed(names);
        // The runtime doesn't pin tuples: those are copied.
        if (rawArray.GetType().GetElementType() == typeof((float, float)))
            return OfArray<(float, float)>(rawArray, dtype, device, requires_grad, names);
        var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        return Placed(Shared(rawArray, ShapeOf(rawArray), 0, type), dtype, device, requires_grad);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device ?? CPU);

    /// <summary>A 1-D tensor over <paramref name="count"/> elements (-1: to the end) of an array's memory, from element
    /// <paramref name="offset"/> on; a copy when <paramref name="dtype"/> is not the array's own type.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        if (offset < 0 || offset >= rawArray.LongLength) throw new ArgumentException($"invalid value for 'offset': {offset}");
        if (count < 0) count = rawArray.LongLength - offset;
        if (count > rawArray.LongLength - offset) throw new IndexOutOfRangeException($"element count is too large: {count}");
        var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        if (type == ScalarType.ComplexFloat32) throw new NotImplementedException("frombuffer(ComplexFloat32)");
        return Placed(Shared(rawArray, [count], offset, type), dtype, CPU, requires_grad);
    }

    /// <summary>A tensor over the array's memory, which stays pinned until the tensor's storage is freed.</summary>
    private static unsafe Tensor Shared(Array array, long[] sizes, long offset, ScalarType type)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        var data = (byte*)pin.AddrOfPinnedObject() + offset * TensorExtensionMethods.ElementSize(type);
        nint handle;
        fixed (long* dims = sizes) handle = gt_over_memory(data, dims, sizes.Length, (int)type, &Unpin, GCHandle.ToIntPtr(pin));
        if (handle != 0) return new Tensor(handle);
        pin.Free();
        throw Failure.Last();
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
