#if TORCH_SYSTEM
using GradTorch.Cli;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Cli;

/// <summary>The program as a process that finds no native library, as on a machine without libtorch.</summary>
public sealed class WithoutLibtorchTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Doctor_says_what_to_install_and_exits_1()
    {
        var ended = Run("doctor", "--json");

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.False(ended.Json.GetProperty("healthy").GetBoolean());
        var libtorch = ended.Json.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("topic").GetString() == "libtorch");
        Assert.Equal("missing", libtorch.GetProperty("health").GetString());
        Assert.Contains("libtorch-dev", libtorch.GetProperty("advice").GetString());
    }

    [Fact]
    public void Check_and_list_work()
    {
        Assert.Equal(ExitCode.Done, Run("check", Smoke).Exit);
        Assert.Equal(ExitCode.Done, Run("list").Exit);
    }

    [FactWithFashionMnist]
    public void Run_says_so_in_one_line_and_exits_1()
    {
        var ended = Run("run", Smoke, "--output", folder.Path);

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.StartsWith("error: GradTorch's native library", ended.Error);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder.File("smoke")));
    }

    private Invoked Run(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["GRADTORCH_NATIVE"] = folder.File("no-such-library.so") };
        using var program = new ProgramProcess(environment, arguments);
        return program.Ended();
    }
}
#endif
