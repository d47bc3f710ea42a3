using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GradTorch.LibTorch.Tests.Soak;

/// <summary>
/// A second process of this test program that does nothing but soak: what thousands of tests leave in the heaps of this
/// one would drown a few kilobytes.
/// </summary>
internal static class SoakProcess
{
    private const string LeakVariable = "GRADTORCH_TESTS_SOAK_LEAK";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="leak">Leaves a tensor behind at every step, to see that this is noticed.</param>
    public static async Task<SoakResult> Run(bool leak)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(SoakProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[LeakVariable] = leak ? "1" : "0";
        // Everything is compiled when it is first called: when the runtime compiles a busy method anew is chance, and each time
        // takes memory that no step leaks.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, await error);
            return JsonSerializer.Deserialize<SoakResult>(await output)!;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

#pragma warning disable CA2255 // The program's Main is the test platform's own and empty; this runs before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunHere()
    {
        if (Environment.GetEnvironmentVariable(LeakVariable) is not { } leak) return;
        Console.WriteLine(JsonSerializer.Serialize(TrainingSoak.Run(leak == "1")));
        Environment.Exit(0);
    }
}
