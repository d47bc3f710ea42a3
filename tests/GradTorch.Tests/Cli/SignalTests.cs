using System.Globalization;
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

/// <summary>Signals, which only a process of its own gets.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What a script starts in the background ignores SIGINT, and so does all that this starts.</summary>
    public static TheoryData<string, int> Signals
    {
        get
        {
            var signals = new TheoryData<string, int> { { "TERM", 143 }, { "HUP", 143 } };
            if (!IgnoresInterrupts) signals.Add("INT", 130);
            return signals;
        }
    }

    private static bool IgnoresInterrupts
    {
        get
        {
            const int SigInt = 2;
            if (!File.Exists("/proc/self/status")) return false;
            var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
            return (ulong.Parse(mask, NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) >> (SigInt - 1) & 1) == 1;
        }
    }

    [TheoryWithFashionMnistAndSignals]
    [MemberData(nameof(Signals))]
    public void A_signal_stops_a_run_and_saves_it(string signal, int exit)
    {
        using var program = new ProgramProcess(
            new Dictionary<string, string>(), "run", Smoke, "--json", "--device", "cpu", "--output", folder.Path,
            "--training:steps", "1000000", "--training:evaluateEvery", "5");
        program.WaitFor("step 5:");
        program.Signal(signal);
        var ended = program.Ended();

        Assert.Equal(exit, (int)ended.Exit);
        Assert.Equal("interrupted", ended.Json.GetProperty("exit").GetString());
        Assert.True(ended.Json.GetProperty("steps").GetInt64() >= 5);
        var directory = RunDirectory.Open(folder.File("smoke", "001"));
        Assert.Equal(RunExit.Interrupted, directory.ReadManifest().Exit);
        Assert.Equal([ended.Json.GetProperty("steps").GetInt64()], directory.Checkpoints.Steps);
        Assert.Equal(("interrupted", ended.Json.GetProperty("steps").GetInt64()), Listed());
    }

    [TheoryWithFashionMnistAndSignals]
    [InlineData("USR2")]
    public void A_signal_asks_for_a_checkpoint_and_the_run_goes_on(string signal)
    {
        using var program = new ProgramProcess(
            new Dictionary<string, string>(), "run", Smoke, "--json", "--device", "cpu", "--output", folder.Path,
            "--training:steps", "1000000", "--training:evaluateEvery", "5", "--checkpoint:every", "0");
        program.WaitFor("step 5:");
        var directory = RunDirectory.Open(folder.File("smoke", "001"));
        Assert.Empty(directory.Checkpoints.Steps);
        program.Signal(signal);
        program.WaitFor("step 20:");
        Assert.True(SpinWait.SpinUntil(() => directory.Checkpoints.Steps.Count == 1, TimeSpan.FromSeconds(30)));
        Assert.InRange(directory.Checkpoints.Steps[0], 5, 1_000_000);
        Assert.Equal("running", Listed().State);
        program.Signal("TERM");
        Assert.Equal(ExitCode.Terminated, program.Ended().Exit);
    }

    [TheoryWithFashionMnistAndSignals]
    [InlineData("KILL")]
    public void A_run_that_is_killed_runs_until_then_and_has_died_from_then_on(string signal)
    {
        using var program = new ProgramProcess(
            new Dictionary<string, string>(), "run", Smoke, "--json", "--device", "cpu", "--output", folder.Path,
            "--training:steps", "1000000", "--training:evaluateEvery", "5");
        program.WaitFor("step 10:");
        Assert.Equal("running", Listed().State);
        program.Signal(signal);
        program.Ended();

        using var database = RunDatabaseReader.Open(RunDirectory.Open(folder.File("smoke", "001")).DatabaseFile);
        var last = Math.Max(database.Scalars().Max(row => row.Step), database.Evaluations().Max(row => row.Step));
        Assert.Equal(("died", last), Listed());
    }

    /// <summary>The only run, as <c>runs</c> lists it.</summary>
    private (string? State, long Steps) Listed()
    {
        var run = Assert.Single(Invoked.With("runs", folder.Path, "--json").Json.GetProperty("runs").EnumerateArray());
        return (run.GetProperty("state").GetString(), run.GetProperty("steps").GetInt64());
    }
}
