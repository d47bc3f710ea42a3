using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using GradTorch.Runs;

namespace GradTorch.Cli.Doctor;

/// <summary>The program, the runtime under it, and the processor.</summary>
internal static class MachineExamination
{
    public static IEnumerable<Finding> Look()
    {
        yield return Finding.Ok("gradtorch", $"{SourceRevision.Version}, commit {SourceRevision.Commit()}");
        yield return Finding.Ok("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
        yield return Finding.Ok("processor", string.Create(
            CultureInfo.InvariantCulture,
            $"{ModelName()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.ProcessArchitecture}"));
        yield return Instructions();
    }

    private static Finding Instructions()
    {
        (string Name, bool Has)[] sets =
        [
            ("AVX-512", Avx512F.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported),
            ("NEON", AdvSimd.IsSupported),
        ];
        var found = string.Join(", ", sets.Where(set => set.Has).Select(set => set.Name));
        return found.Length > 0
            ? Finding.Ok("instructions", found)
            : new Finding("instructions", Health.Warning, "none of AVX2, AVX-512, NEON: matrix products will be slow",
                "use a newer processor, or in a virtual machine one that shows the host's instructions");
    }

    private static string ModelName()
    {
        const string cpuInfo = "/proc/cpuinfo";
        if (!File.Exists(cpuInfo)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown model";
        var line = File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "unknown model" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
