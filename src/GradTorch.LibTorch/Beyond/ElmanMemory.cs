using Microsoft.Win32.SafeHandles;
using static TorchSharp.Interop.NativeMethods;

namespace GradTorch.LibTorch;

/// <summary>Memory of one layer's states that is used again by every scan, unless a graph or an output still holds it.</summary>
public sealed class ElmanMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    public ElmanMemory() : base(ownsHandle: true) => SetHandle(gt_elman_memory_new());

    internal nint Handle => handle;

    protected override bool ReleaseHandle()
    {
        gt_elman_memory_release(handle);
        return true;
    }
}
