using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>
/// A second process of this test program that writes without end, for a test to kill. After each write it says how
/// many it has done.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    public const string RewriteFile = nameof(RewriteFile);
    public const string FillDatabase = nameof(FillDatabase);

    /// <summary>Characters in the text that <see cref="RewriteFile"/> writes, all of them the same.</summary>
    public const int TextLength = 300_000;

    private const string JobVariable = "GRADTORCH_TESTS_CHILD_JOB";
    private const string FileVariable = "GRADTORCH_TESTS_CHILD_FILE";

    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public static ChildProcess Start(string job, string file)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(ChildProcess).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[JobVariable] = job;
        start.Environment[FileVariable] = file;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the child has said that many numbers; returns the last.</summary>
    public long Said(int numbers)
    {
        var last = "";
        for (var i = 0; i < numbers; i++)
        {
            last = process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException($"The child process ended by itself: {process.ExitCode}.");
        }

        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the process (SIGKILL); it gets no chance to tidy up.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

#pragma warning disable CA2255 // The program's Main is the test platform's own and empty; this runs before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunJob()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable)!;
        switch (Environment.GetEnvironmentVariable(JobVariable))
        {
            case RewriteFile:
                Repeat(n => AtomicFile.Write(file, new string((char)('a' + n % 26), TextLength)));
                break;
            case FillDatabase:
                var database = RunDatabase.Create(file);
                Repeat(n => RunRows.WriteStep(database, n));
                break;
            default:
                return;
        }
    }

    private static void Repeat(Action<long> write)
    {
        for (var n = 0L; ; n++)
        {
            write(n);
            Console.WriteLine(n.ToString(CultureInfo.InvariantCulture));
        }
    }
}
