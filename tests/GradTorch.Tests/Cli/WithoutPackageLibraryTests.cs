#if !TORCH_SYSTEM
using GradTorch.Cli;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

/// <summary>The program as a process whose libstdc++ is too old for the library of TorchSharp's package.</summary>
public sealed class WithoutPackageLibraryTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [FactWithOldLibStdCxx]
    public void Doctor_says_why_and_what_helps_and_exits_1()
    {
        var ended = Run("doctor", "--json");

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.Empty(ended.Error);
        var libtorch = ended.Json.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("topic").GetString() == "libtorch");
        Assert.Equal("missing", libtorch.GetProperty("health").GetString());
        Assert.Matches(
            @"^TorchSharp's native library LibTorchSharp can't be loaded: it needs libstdc\+\+ of GCC 13 or newer \(GLIBCXX_3\.4\.\d+\); found /.*/libstdc\+\+\.so\.6\.0\.\d+$",
            libtorch.GetProperty("found").GetString());
        Assert.StartsWith("set GRADTORCH_TORCH=system", libtorch.GetProperty("advice").GetString());
    }

    [FactWithOldLibStdCxx]
    public void Check_and_list_work()
    {
        Assert.Equal(ExitCode.Done, Run("check", Smoke).Exit);
        Assert.Equal(ExitCode.Done, Run("list").Exit);
    }

    [FactWithOldLibStdCxx]
    public void Run_says_so_in_one_line_and_exits_1()
    {
        var ended = Run("run", Smoke, "--output", folder.Path);

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.StartsWith("error: TorchSharp's native library LibTorchSharp can't be loaded: it needs libstdc++ of GCC 13", ended.Error);
        Assert.Contains("GRADTORCH_TORCH=system", ended.Error);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
        Assert.Empty(ended.Output);
        Assert.False(Directory.Exists(folder.File("smoke")));
    }

    private static Invoked Run(params string[] arguments)
    {
        using var program = new ProgramProcess(new Dictionary<string, string> { ["LD_PRELOAD"] = "" }, arguments);
        return program.Ended();
    }

    /// <summary>A fact about a libstdc++ before GCC 13's, which the launcher helps out; visibly skipped with a newer one.</summary>
    private sealed class FactWithOldLibStdCxxAttribute : FactAttribute
    {
        public FactWithOldLibStdCxxAttribute()
        {
            var preloaded = Environment.GetEnvironmentVariable("LD_PRELOAD") ?? "";
            if (!preloaded.Contains("libstdc++", StringComparison.Ordinal)) Skip = "the libstdc++ of this machine is new enough";
        }
    }
}
#endif
