using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace GradTorch.LibTorch;

/// <summary>Memory of a CUDA device that several graphs share: each launch of one of them may overwrite what another has left there.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CudaGraphMemory
{
    private readonly ulong _first, _second;

    /// <exception cref="ExternalException">The native library was built without CUDA's headers.</exception>
    public static CudaGraphMemory New()
    {
        Failure.Check(gt_cuda_graph_memory(out var memory));
        return memory;
    }
}
