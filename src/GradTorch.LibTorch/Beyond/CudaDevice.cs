using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace GradTorch.LibTorch;

/// <summary>What an NVIDIA GPU and its driver say of themselves.</summary>
public static unsafe class CudaDevice
{
    private const int Room = 256;

    /// <summary>The driver's version, as 580.159.04; null where it can't be told.</summary>
    public static string? Driver
    {
        get
        {
            var text = stackalloc byte[Room];
            Failure.Check(gt_cuda_driver_version(text, Room));
            return TextOrNull(text);
        }
    }

    /// <summary>The model, as NVIDIA H200; null where it can't be told.</summary>
    public static string? Name(int device = 0)
    {
        var text = stackalloc byte[Room];
        Failure.Check(gt_cuda_device_name(device, text, Room));
        return TextOrNull(text);
    }

    private static string? TextOrNull(byte* text) => Marshal.PtrToStringUTF8((nint)text) is { Length: > 0 } found ? found : null;
}
