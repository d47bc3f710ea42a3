using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    public static partial class cuda
    {
        /// <summary>Whether this libtorch has CUDA and finds a GPU.</summary>
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available() => gt_cuda_has_cudnn() != 0;

        public static int device_count() => gt_cuda_device_count();

        /// <summary>Seeds the current GPU's default generator. Without a GPU nothing happens.</summary>
        public static void manual_seed(long seed) => Failure.Check(gt_cuda_manual_seed((ulong)seed, 0));

        /// <summary>Seeds the default generators of all GPUs. Without a GPU nothing happens.</summary>
        public static void manual_seed_all(long seed) => Failure.Check(gt_cuda_manual_seed((ulong)seed, 1));

        /// <summary>Waits until a device has done all its work.</summary>
        /// <param name="device">The current GPU when null; nothing to wait for on the CPU.</param>
        /// <exception cref="InvalidOperationException">There is no GPU.</exception>
        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(device?.type ?? DeviceType.CUDA);
            if (device?.type is null or DeviceType.CUDA) Failure.Check(gt_cuda_synchronize(device?.index ?? -1));
        }
    }

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                /// <summary>Whether matrix products may round float32 inputs to TF32 (10 bits of mantissa).</summary>
                public static bool allow_tf32
                {
                    get => gt_allow_tf32(0) > 0;
                    set => Failure.Check(gt_set_allow_tf32(0, value ? 1 : 0));
                }
            }
        }

        public static partial class cudnn
        {
            /// <summary>Whether cuDNN's operators may round float32 inputs to TF32.</summary>
            public static bool allow_tf32
            {
                get => gt_allow_tf32(1) > 0;
                set => Failure.Check(gt_set_allow_tf32(1, value ? 1 : 0));
            }
        }
    }
}
