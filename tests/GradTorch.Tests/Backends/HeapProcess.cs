using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GradTorch.Backends;

namespace GradTorch.Tests.Backends;

/// <summary>A second process of this test program, which glibc configures from its environment when it starts: how its heap
/// takes a block of 16 MB.</summary>
internal static class HeapProcess
{
    private const string Variable = "GRADTORCH_TESTS_HEAP";

    /// <returns>Whether the block was mapped by itself, and whether its memory stayed with the process.</returns>
    public static (bool Mapped, bool Kept) Run(string? name, string? value)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(HeapProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[Variable] = "1";
        if (name is not null) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var words = process.StandardOutput.ReadToEnd().Split();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return (bool.Parse(words[0]), bool.Parse(words[1]));
    }

#pragma warning disable CA2255 // The program's Main is the test platform's own and empty; this runs before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static unsafe void RunHere()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) return;
        _ = TorchBackend.Current;
        var before = Mallinfo();
        var block = NativeMemory.Alloc(16 << 20);
        var with = Mallinfo();
        NativeMemory.Free(block);
        Console.WriteLine($"{with.MappedBytes > before.MappedBytes} {Mallinfo().Heap - before.Heap > 8 << 20}");
        Environment.Exit(0);
    }

    [DllImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern Info Mallinfo();

    /// <summary>glibc's struct mallinfo2, of the main thread's heap.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Info
    {
        public readonly nint Heap;
        private readonly nint _freeBlocks;
        private readonly nint _smallBlocks;
        private readonly nint _mappedBlocks;
        public readonly nint MappedBytes;
        private readonly nint _always0;
        private readonly nint _smallFree;
        private readonly nint _used;
        private readonly nint _free;
        private readonly nint _trimmable;
    }
}
