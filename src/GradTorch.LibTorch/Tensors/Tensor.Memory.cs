using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements for reading and writing from .NET; a tensor elsewhere than on the CPU is copied first.
        /// </summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            var onCpu = device_type == DeviceType.CPU;
            if (onCpu && (NumberOfElements == 0 || gt_data(Handle) != 0)) return new Utils.TensorAccessor<T>(this);
            // Autograd's zeros have no memory until they are copied.
            return new Utils.TensorAccessor<T>(onCpu ? clone() : cpu(), owned: true);
        }

        /// <summary>The value of a tensor with one element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            using var value = data<T>();
            return value[0];
        }

        public Scalar ToScalar() => Aten.CallScalar("item", this);

        /// <summary>The memory of a contiguous CPU tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get => new((void*)ContiguousMemory(), checked((int)(NumberOfElements * ElementSize)));
            set
            {
                var target = bytes;
                if (target.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(target);
            }
        }

        internal nint ContiguousMemory()
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            return NumberOfElements == 0 ? 0 : Failure.Check(gt_data(Handle));
        }
    }

    /// <summary>A new CPU tensor with a copy of the elements.</summary>
    internal static unsafe Tensor FromMemory<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> sizes, ScalarType type)
        where T : unmanaged
    {
        fixed (T* data = elements)
        fixed (long* dims = sizes)
            return new Tensor(Failure.Check(gt_from_memory(data, dims, sizes.Length, (int)type)));
    }
}
