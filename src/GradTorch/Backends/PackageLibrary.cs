#if !TORCH_SYSTEM
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>The native library of TorchSharp's package.</summary>
internal static partial class PackageLibrary
{
    // bool at::Context::setFlushDenormal(bool), a static member in libtorch 2.10.
    private const string Switch = "_ZN2at7Context16setFlushDenormalEb";
    private const string SwitchOnWindows = "?setFlushDenormal@Context@at@@SA_N_N@Z";

    /// <summary>What helps where it can't be loaded.</summary>
    public static string WayOut => OperatingSystem.IsLinux()
        ? "set GRADTORCH_TORCH=system to use a libtorch of this machine, or take a newer distribution (Debian 13, Ubuntu 24.04)"
        : "remove the folder artifacts and run gradtorch.ps1 again; on Windows it needs the Visual C++ runtime of 2022";

    /// <summary>Loads it before TorchSharp does, which answers a failure with a page of its attempts and copies the package.
    /// </summary>
    /// <returns>Why it can't be loaded; null if it is.</returns>
    public static string? Problem()
    {
        PrepareEnvironment();
        foreach (var name in (string[])["torch_cpu", "LibTorchSharp"])
        {
            try
            {
                NativeLibrary.Load(name, typeof(Tensor).Assembly, searchPath: null);
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                return $"TorchSharp's native library {name} can't be loaded: {Reason(failure.Message)}";
            }
        }
        return null;
    }

    /// <summary>Whether its libtorch has the switch for denormals by the name that it is called by here: TorchSharp does not bind
    /// it, and a name is not promised from version to version.</summary>
    public static bool HasDenormalSwitch => NativeLibrary.TryGetExport(
        NativeLibrary.Load("torch_cpu", typeof(Tensor).Assembly, searchPath: null), OperatingSystem.IsWindows() ? SwitchOnWindows : Switch, out _);

    /// <summary>libtorch's own switch, of the calling thread; false when the processor can't, or without a switch.</summary>
    public static bool FlushDenormals(bool on)
    {
        try
        {
            return OperatingSystem.IsWindows() ? FlushOnWindows(on) : Flush(on);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>MKL rounds a product as its operands happen to lie in memory, and threads that wait spin and take the cores from whatever
    /// else runs, unless they are told not to before they are loaded. The user's own choice stays.</summary>
    private static void PrepareEnvironment()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("MKL_CBWR", "AUTO"), ("OMP_WAIT_POLICY", "PASSIVE")])
        {
            if (!OperatingSystem.IsWindows()) _ = setenv(name, value, overwrite: 0);
            else if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>The loader lists every path that it tried; one line of them is the library itself.</summary>
    private static string Reason(string message)
    {
        if (WantedVersion().Match(message) is { Success: true } wanted)
            return $"it needs libstdc++ of GCC 13 or newer ({wanted.Groups[1]}); found {LibStdCxx()}";
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return (lines.FirstOrDefault(line => line.Contains(": ", StringComparison.Ordinal) && !Absent().IsMatch(line)) ?? lines[0])
            .TrimEnd('.');
    }

    /// <summary>The file itself, whose name ends in its version.</summary>
    private static string LibStdCxx() => File.ReadLines("/proc/self/maps")
        .Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libstdc++.so", StringComparison.Ordinal)) ?? "none";

    [GeneratedRegex(@"version `(GLIBCXX_[\d.]+)' not found")]
    private static partial Regex WantedVersion();

    [GeneratedRegex("cannot open shared object file: No such file")]
    private static partial Regex Absent();

    // .NET's own environment is not the one that native libraries read.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("torch_cpu", EntryPoint = Switch)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool Flush([MarshalAs(UnmanagedType.U1)] bool on);

    [LibraryImport("torch_cpu", EntryPoint = SwitchOnWindows)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool FlushOnWindows([MarshalAs(UnmanagedType.U1)] bool on);
}
#endif
