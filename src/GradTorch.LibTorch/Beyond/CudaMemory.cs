using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace GradTorch.LibTorch;

/// <summary>Memory of a CUDA device as libtorch's caching allocator sees it, in bytes.</summary>
/// <param name="Allocated">In tensors now.</param>
/// <param name="Peak">In tensors, at most so far.</param>
/// <param name="Reserved">Taken from the device now, in tensors or kept for the next ones.</param>
/// <param name="Free">Not taken by any process.</param>
public sealed record CudaMemory(long Allocated, long Peak, long Reserved, long Free)
{
    /// <summary>For tensors that are still to be made.</summary>
    public long Available => Free + Reserved - Allocated;

    /// <exception cref="System.Runtime.InteropServices.ExternalException">There is no such device, or the native library
    /// was built without CUDA's headers.</exception>
    public static unsafe CudaMemory Of(int device = 0)
    {
        long allocated, peak, reserved, free;
        Failure.Check(gt_cuda_memory(device, &allocated, &peak, &reserved, &free));
        return new CudaMemory(allocated, peak, reserved, free);
    }
}
