using TorchSharp.Interop;

namespace GradTorch.LibTorch;

/// <summary>Kernels of our own for CUDA devices: what is measured, and Elman layers. They are compiled when they are first used, by the
/// NVRTC that came with libtorch; without it operators do their work, in many launches.</summary>
public static class CudaKernels
{
    /// <summary>Whether they can be compiled for a device.</summary>
    public static bool Available(int device = 0) => NativeMethods.gt_cuda_compiles(device) != 0;
}
