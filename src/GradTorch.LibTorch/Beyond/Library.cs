using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace GradTorch.LibTorch;

/// <summary>The libtorch that this process uses, and switches of it that TorchSharp does not reach.</summary>
public static class Library
{
    /// <summary>The native library that was found, or null when none has been built.</summary>
    public static string? Path => NativeLibraryLoader.Find();

    /// <summary>As "1.13.0".</summary>
    public static string Version => Marshal.PtrToStringUTF8(gt_version_text()) ?? "";

    /// <summary>libtorch's own account of how it was built and which instructions it uses.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8(Failure.Check(gt_show_config())) ?? "";

    /// <summary>The folder that libtorch_cpu was loaded from; empty before the first use.</summary>
    public static string Folder => LoadedFolder("libtorch_cpu");

    /// <summary>The BLAS library in the process, as a file name; empty when it is inside libtorch.</summary>
    public static string Blas => LoadedFile("libopenblas") ?? LoadedFile("libmkl_core") ?? LoadedFile("libblas") ?? "";

    /// <summary>The kernels that OpenBLAS uses: chosen in the environment, by the user or for this processor.</summary>
    public static string BlasKernels
    {
        get
        {
            _ = gt_version_text(); // loads the library, for which they are chosen
            return ReadEnvironment("OPENBLAS_CORETYPE");
        }
    }

    /// <summary>Whether denormal numbers become 0, on the calling thread. False when the processor can't.</summary>
    public static bool FlushDenormals(bool on) => gt_set_flush_denormal(on ? 1 : 0) != 0;

    private static string LoadedFolder(string name) => LoadedFile(name) is { } file ? System.IO.Path.GetDirectoryName(file)! : "";

    private static string? LoadedFile(string name) => File.ReadLines("/proc/self/maps")
        .Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .FirstOrDefault(file => System.IO.Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal));

    /// <summary>.NET keeps its own copy of the environment; libraries read the C one.</summary>
    private static string ReadEnvironment(string name) =>
        Marshal.PtrToStringUTF8(NativeLibraryLoader.getenv(name)) ?? "";
}
