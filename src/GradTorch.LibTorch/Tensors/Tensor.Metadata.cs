using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => gt_dim(Handle);

        public long dim() => Dimensions;

        public long ndim => Dimensions;

        public long NumberOfElements => gt_numel(Handle);

        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => gt_itemsize(Handle);

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)gt_dtype(Handle);

        public unsafe DeviceType device_type
        {
            get
            {
                int index;
                return (DeviceType)gt_device(Handle, &index);
            }
        }

        public unsafe int device_index
        {
            get
            {
                int index;
                _ = gt_device(Handle, &index);
                return index;
            }
        }

        public unsafe Device device
        {
            get
            {
                int index;
                var type = (DeviceType)gt_device(Handle, &index);
                return type == DeviceType.CPU ? CPU : new Device(type, index);
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse => gt_layout(Handle) != 0;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous() => gt_is_contiguous(Handle) != 0;

        public long[] shape => size();

        public unsafe long[] size()
        {
            var sizes = new long[Dimensions];
            fixed (long* start = sizes) Failure.Check(gt_sizes(Handle, start, null));
            return sizes;
        }

        /// <param name="dim">Counted from the end when negative.</param>
        public long size(int dim) => size()[Wrap(dim)];

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* start = strides) Failure.Check(gt_sizes(Handle, null, start));
            return strides;
        }

        public long stride(int dim) => stride()[Wrap(dim)];

        public long storage_offset() => gt_storage_offset(Handle);

        private int Wrap(int dim)
        {
            var dims = (int)Dimensions;
            if (dim >= -dims && dim < dims) return dim < 0 ? dim + dims : dim;
            throw new System.Runtime.InteropServices.ExternalException(
                $"Dimension out of range (expected to be in range of [{-Math.Max(dims, 1)}, {Math.Max(dims, 1) - 1}], but got {dim})");
        }
    }
}
