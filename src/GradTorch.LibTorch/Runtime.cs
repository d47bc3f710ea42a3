using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>libtorch's version, as "1.13.0".</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(gt_version_text())!;

    /// <summary>Threads within an operator on the CPU.</summary>
    public static int get_num_threads() => gt_get_num_threads();

    public static void set_num_threads(int num) => Failure.Check(gt_set_num_threads(num));

    /// <summary>Threads for operators that run side by side, as backward's on several devices.</summary>
    public static int get_num_interop_threads() => gt_get_num_interop_threads();

    /// <exception cref="ExternalException">Parallel work has begun, or it was set before.</exception>
    public static void set_num_interop_threads(int num) => Failure.Check(gt_set_num_interop_threads(num));
}
