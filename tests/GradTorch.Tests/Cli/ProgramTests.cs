using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Cli;

/// <summary>What only a process of its own shows.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Signals => ["INT", "TERM"];

    [TheoryWithFashionMnistAndSignals]
    [MemberData(nameof(Signals))]
    public void A_signal_stops_a_run_and_saves_it(string signal)
    {
        using var program = new ProgramProcess(
            new Dictionary<string, string>(), "run", Smoke, "--json", "--device", "cpu", "--output", folder.Path,
            "--training:steps", "1000000", "--training:evaluateEvery", "5");
        program.WaitFor("step 5:");
        program.Signal(signal);
        var ended = program.Ended();

        Assert.Equal(ExitCode.Interrupted, ended.Exit);
        Assert.Equal("interrupted", ended.Json.GetProperty("exit").GetString());
        Assert.True(ended.Json.GetProperty("steps").GetInt64() >= 5);
        Assert.Equal(RunExit.Interrupted, RunDirectory.Open(folder.File("smoke", "001")).ReadManifest().Exit);
    }

#if TORCH_SYSTEM
    [Fact]
    public void Without_libtorch_doctor_says_what_to_install_and_exits_1()
    {
        var ended = WithoutLibtorch("doctor", "--json");

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.False(ended.Json.GetProperty("healthy").GetBoolean());
        var libtorch = ended.Json.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("topic").GetString() == "libtorch");
        Assert.Equal("missing", libtorch.GetProperty("health").GetString());
        Assert.Contains("libtorch-dev", libtorch.GetProperty("advice").GetString());
    }

    [Fact]
    public void Without_libtorch_check_and_list_work()
    {
        Assert.Equal(ExitCode.Done, WithoutLibtorch("check", Smoke).Exit);
        Assert.Equal(ExitCode.Done, WithoutLibtorch("list").Exit);
    }

    [FactWithFashionMnist]
    public void Without_libtorch_run_says_so_in_one_line_and_exits_1()
    {
        var ended = WithoutLibtorch("run", Smoke, "--output", folder.Path);

        Assert.Equal(ExitCode.Failed, ended.Exit);
        Assert.StartsWith("error: GradTorch's native library", ended.Error);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(folder.File("smoke")));
    }

    private Invoked WithoutLibtorch(params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["GRADTORCH_NATIVE"] = folder.File("no-such-library.so") };
        using var program = new ProgramProcess(environment, arguments);
        return program.Ended();
    }
#endif
}
