using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Interop;

/// <summary>Finds the native library that was compiled for this machine's libtorch, prepares the process for it, and
/// loads it at the first native call.</summary>
internal static partial class NativeLibraryLoader
{
    private const string FileName = "libgradtorch_native.so";

    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) =>
            name == NativeMethods.Library ? Load() : 0);

    /// <summary>The path of the library, or null when none has been built.</summary>
    internal static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("GRADTORCH_NATIVE");
        if (!string.IsNullOrEmpty(given)) return File.Exists(given) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, FileName);
            if (File.Exists(beside)) return beside;
            var cache = new DirectoryInfo(Path.Combine(folder.FullName, "artifacts", "native"));
            if (!cache.Exists) continue;
            var newest = cache.EnumerateFiles(FileName, SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc);
            if (newest is not null) return newest.FullName;
        }
        return null;
    }

    private static nint Load()
    {
        var path = Find() ?? throw new DllNotFoundException(
            $"GradTorch's native library {FileName} was not found: looked at GRADTORCH_NATIVE "
            + $"('{Environment.GetEnvironmentVariable("GRADTORCH_NATIVE")}') and for artifacts/native above "
            + $"{AppContext.BaseDirectory}. It is compiled for the libtorch of this machine: run './gradtorch doctor', "
            + "which installs what is missing and builds it, or src/GradTorch.LibTorch/Native/build.sh.");
        ChooseBlasKernels();
        // Threads that wait spin else, and take the cores from whatever else runs on the machine.
        setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
        return NativeLibrary.Load(path);
    }

    /// <summary>OpenBLAS 0.3.21 does not know newer Intel models and falls back to kernels for SSE3, three times slower; MKL
    /// rounds a product as its operands happen to lie in memory. Both read the C environment when they are loaded, so the
    /// choice comes first; a user's own choice stays.</summary>
    private static void ChooseBlasKernels()
    {
        setenv("MKL_CBWR", "AUTO", 0);
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported) setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
        else if (Avx2.IsSupported && Fma.IsSupported) setenv("OPENBLAS_CORETYPE", "Haswell", 0);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint getenv(string name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
