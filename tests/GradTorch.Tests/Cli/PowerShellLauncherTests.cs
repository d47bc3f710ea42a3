#if !TORCH_SYSTEM
using GradTorch.Cli;
using GradTorch.Runs;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

/// <summary>gradtorch.ps1 in PowerShell, with the command that the launcher built beside these tests.</summary>
public sealed class PowerShellLauncherTests
{
    private static readonly string Artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
    private static readonly string Package = Path.GetFileName(Artifacts);
    private static readonly string Script = Path.Combine(PowerShellProcess.Root, "gradtorch.ps1");
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    [FactWithPowerShell]
    public void What_is_no_package_is_refused_in_one_line()
    {
        var ended = LaunchOn("system", "-File", Script, "list");

        Assert.Equal(ExitCode.BadInput, ended.Exit);
        Assert.Empty(ended.Output);
        Assert.Matches(@"^gradtorch: GRADTORCH_TORCH is 'system'; allowed are TorchSharp-\S+ and TorchSharp-\S+[^\n]*\n$", ended.Error);
    }

    [FactWithPowerShell]
    public void Standard_output_is_the_verbs_from_any_folder()
    {
        var ended = Launch("-WorkingDirectory", Path.GetTempPath(), "-File", Script, "list", "activations", "--json");

        Assert.Equal(ExitCode.Done, ended.Exit);
        Assert.NotEmpty(ended.Json.GetProperty("activations").EnumerateArray());
        Assert.Empty(ended.Error);
    }

    // PowerShell itself takes an argument of a script with a colon apart.
    [FactWithPowerShell]
    public void Arguments_of_a_file_reach_the_verb_as_typed()
    {
        var ended = Launch("-File", Script, "check", Smoke, "--model:depth", "20", "--output", "two words", "--json");

        Assert.Equal(ExitCode.Done, ended.Exit);
        var config = ended.Json.GetProperty("config");
        Assert.Equal(20, config.GetProperty("model").GetProperty("depth").GetInt32());
        Assert.Equal("two words", config.GetProperty("output").GetString());
    }

    [FactWithPowerShell]
    public void Arguments_at_a_prompt_reach_the_verb_as_typed_and_its_exit_code_returns()
    {
        var ended = Launch("-Command", $"& '{Script}' check '{Smoke}' --model:depht 20 --name 'two words'; exit $LASTEXITCODE");

        Assert.Equal(ExitCode.BadInput, ended.Exit);
        Assert.Empty(ended.Output);
        Assert.Contains("model:depht: unknown key", ended.Error);
        Assert.Contains("found 'two words'", ended.Error);
    }

    // What is set for Ctrl-C must not become the code of a session that goes on.
    [FactWithPowerShell]
    public void A_session_that_called_it_ends_with_a_code_of_its_own() =>
        Assert.Equal(ExitCode.Done, Launch("-Command", $"& '{Script}' list | Out-Null; 'done'").Exit);

    // PowerShell stops the script at Ctrl-C, before it can hand on the verb's exit code.
    [FactWithPowerShellAndSignals]
    public void Interrupted_it_ends_with_130_and_the_run_is_saved()
    {
        using var folder = new TemporaryFolder();
        using var launched = PowerShellProcess.Start(
            On(Package), "-File", Script, "run", Smoke, "--json", "--device", "cpu", "--output", folder.Path,
            "--training:steps", "1000000", "--training:evaluateEvery", "5");
        launched.WaitFor("step 5:");
        launched.Interrupt();

        Assert.Equal(ExitCode.Interrupted, launched.Ended().Exit);
        Assert.Equal(RunExit.Interrupted, RunDirectory.Open(folder.File("smoke", "001")).ReadManifest().Exit);
    }

    private static Invoked Launch(params string[] arguments) => LaunchOn(Package, arguments);

    private static Invoked LaunchOn(string torch, params string[] arguments) =>
        PowerShellProcess.Run(On(torch), arguments);

    private static Dictionary<string, string> On(string torch) => new() { ["GRADTORCH_TORCH"] = torch };

    /// <summary>Visibly skipped where PowerShell can't be had, and where the script would first have to build.</summary>
    private sealed class FactWithPowerShellAttribute : FactAttribute
    {
        public FactWithPowerShellAttribute()
        {
            Skip = File.Exists(Path.Combine(Artifacts, "built-cli"))
                ? PowerShellProcess.Missing
                : "the tests were not built by the launcher, which builds the command with them";
        }
    }

    private sealed class FactWithPowerShellAndSignalsAttribute : FactAttribute
    {
        public FactWithPowerShellAndSignalsAttribute()
        {
            Skip = new TheoryWithFashionMnistAndSignalsAttribute().Skip ?? new FactWithPowerShellAttribute().Skip;
        }
    }
}
#endif
