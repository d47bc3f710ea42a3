using System.Runtime.InteropServices;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp.Interop;

/// <summary>What the native side says went wrong, as the exception TorchSharp throws for it.</summary>
internal static class Failure
{
    internal static void Check(int status)
    {
        if (status < 0) throw Last();
    }

    internal static nint Check(nint pointer) => pointer != 0 ? pointer : throw Last();

    /// <summary>The failure of this thread's last native call: libtorch's own message, or the exception that user code
    /// threw inside a custom function's backward.</summary>
    internal static Exception Last()
    {
        var message = Marshal.PtrToStringUTF8(gt_last_error()) ?? "";
        return CallbackExceptions.Take(message) ?? new ExternalException(message);
    }
}
