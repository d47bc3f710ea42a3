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
    public static TheoryData<string> Signals => IgnoresInterrupts ? ["TERM"] : ["INT", "TERM"];

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
        Assert.Equal(("interrupted", ended.Json.GetProperty("steps").GetInt64()), Listed());
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
