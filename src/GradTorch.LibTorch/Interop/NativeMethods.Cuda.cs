using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial int gt_cuda_device_count();
    [LibraryImport(Library)] internal static partial int gt_cuda_has_cudnn();
    [LibraryImport(Library)] internal static partial int gt_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int gt_cuda_manual_seed(ulong seed, int all);
    [LibraryImport(Library)]
    internal static partial int gt_cuda_memory(int index, long* allocated, long* peak, long* reserved);
    [LibraryImport(Library)] internal static partial int gt_allow_tf32(int cudnn);
    [LibraryImport(Library)] internal static partial int gt_set_allow_tf32(int cudnn, int allow);
}
