using System.Runtime.InteropServices;

namespace GradTorch.Backends;

/// <summary>What a step frees, the next one allocates again. Left to itself glibc maps every block of more than some hundred
/// kilobytes anew and gives free memory back at once: then each step meets what it computes as fresh pages, and an ensemble's
/// spends a sixth of its time in the kernel, faulting and clearing them.</summary>
internal static partial class HostMemory
{
    /// <summary>The most that glibc takes; larger blocks are still mapped each.</summary>
    private const int LargestHeapBlock = 32 << 20;

    private const int KeptFree = 1 << 30;

    // malloc.h
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;

    /// <summary>Lets freed memory stay with the process, as far as the user has not set it, by MALLOC_… or GLIBC_TUNABLES. Where
    /// libc is another than glibc nothing happens.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            SetDefault(MmapThreshold, LargestHeapBlock, "MALLOC_MMAP_THRESHOLD_", "glibc.malloc.mmap_threshold=");
            SetDefault(TrimThreshold, KeptFree, "MALLOC_TRIM_THRESHOLD_", "glibc.malloc.trim_threshold=");
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    private static void SetDefault(int parameter, int value, string variable, string tunable)
    {
        var tunables = Environment.GetEnvironmentVariable("GLIBC_TUNABLES") ?? "";
        if (Environment.GetEnvironmentVariable(variable) is null && !tunables.Contains(tunable, StringComparison.Ordinal))
            _ = mallopt(parameter, value);
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
