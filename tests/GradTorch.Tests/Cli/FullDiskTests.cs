using System.Diagnostics;
using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>A file system of 3 MB that fills up in the middle of a run.</summary>
public sealed class FullDiskTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    /// <summary>In a mount namespace of its own, which nobody else sees and which goes with it. $1 is where to mount, the rest the program.</summary>
    private const string Script = """
        disk=$1; shift
        mount -t tmpfs -o size=3m tmpfs "$disk" || exit 9
        "$@" run "$disk.json" --output "$disk" >/dev/null; echo "run exits $?" >&2
        "$@" runs "$disk" --json | grep -o '"state": *"[a-z]*"' >&2
        "$@" resume "$disk/full/001" >/dev/null; echo "resume exits $?" >&2
        mount -o remount,size=60m "$disk"
        "$@" resume "$disk/full/001" >/dev/null; echo "resume with room exits $?" >&2
        "$@" verify "$disk/full/001" | tail -n 1
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [FactWithMounts]
    public void The_run_ends_with_one_line_and_goes_on_to_the_same_bits_when_there_is_room()
    {
        var disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        File.WriteAllText(disk + ".json", $$"""
            { "name": "full", "device": "cpu", "seeds": { "count": 3 }, "model": { "depth": 10, "width": 16 },
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "training": { "steps": 900, "evaluateEvery": 100, "optimizer": { "kind": "adam", "lr": 0.003 } },
              "gradients": { "every": 1, "flush": 20 }, "checkpoint": { "every": 50 } }
            """);
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var program = new ProgramProcess(
            Unshared("sh", "-c", Script, "sh", disk, host, typeof(Application).Assembly.Location), new Dictionary<string, string>());
        var ended = program.Ended();
        var said = ended.Error.Split('\n');
        Assert.StartsWith("the same, bit for bit: 900 updates", ended.Output, StringComparison.Ordinal);
        Assert.Contains("run exits 1", said);
        Assert.Contains("resume exits 1", said);
        Assert.Contains("resume with room exits 0", said);
        var errors = said.Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, errors.Count);
        Assert.All(errors, error => Assert.Matches($"All up to step [0-9]+ is saved; once that is mended, gradtorch resume {disk}/full/001 goes on\\.$", error));
        Assert.Matches("\"(failed|died)\"", Assert.Single(said, line => line.Contains("\"state\"", StringComparison.Ordinal)));
    }

    private static ProcessStartInfo Unshared(params string[] command) => new("unshare", ["--map-root-user", "--mount", .. command]);

    /// <summary>A fact that mounts something for itself; visibly skipped where that is not allowed.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithMountsAttribute : FactAttribute
    {
        public FactWithMountsAttribute()
        {
            if (!CanMount()) Skip = "nothing can be mounted here (unshare --map-root-user --mount)";
#if !TORCH_SYSTEM
            Skip = "it is tried with our binding";
#endif
        }

        private static bool CanMount()
        {
            try
            {
                using var process = Process.Start(Unshared("mount", "-t", "tmpfs", "tmpfs", "/mnt"))!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
