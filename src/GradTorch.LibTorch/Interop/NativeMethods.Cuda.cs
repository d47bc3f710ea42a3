using GradTorch.LibTorch;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial int gt_cuda_device_count();
    [LibraryImport(Library)] internal static partial int gt_cuda_has_cudnn();
    [LibraryImport(Library)] internal static partial int gt_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int gt_cuda_manual_seed(ulong seed, int all);
    [LibraryImport(Library)]
    internal static partial int gt_cuda_memory(int index, long* allocated, long* peak, long* reserved, long* free);
    [LibraryImport(Library)] internal static partial int gt_cuda_device_name(int index, byte* room, int size);
    [LibraryImport(Library)] internal static partial int gt_cuda_driver_version(byte* room, int size);
    [LibraryImport(Library)] internal static partial int gt_cuda_compiles(int index);
    [LibraryImport(Library)] internal static partial int gt_cuda_graph_memory(out CudaGraphMemory memory);
    [LibraryImport(Library)] internal static partial nint gt_cuda_graph_begin(int index, in CudaGraphMemory memory);
    [LibraryImport(Library)] internal static partial int gt_cuda_graph_end(nint graph);
    [LibraryImport(Library)] internal static partial int gt_cuda_graph_launch(nint graph);
    [LibraryImport(Library)] internal static partial void gt_cuda_graph_release(nint graph);
    [LibraryImport(Library)] internal static partial int gt_allow_tf32(int cudnn);
    [LibraryImport(Library)] internal static partial int gt_set_allow_tf32(int cudnn, int allow);
}
