using System.Globalization;
using GradTorch.Cli;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

public sealed class ThreadWarningTests
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    [Fact]
    public void More_threads_than_cores_are_warned_of_once_on_standard_error()
    {
        var threads = (Environment.ProcessorCount + 1).ToString(CultureInfo.InvariantCulture);
        var invoked = Invoked.With("check", Smoke, "--threads", threads, "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.StartsWith($"warning: threads is {threads}, and this machine has ", invoked.Error);
        Assert.Single(invoked.Error.TrimEnd().Split('\n'));
        Assert.Equal(threads, invoked.Json.GetProperty("config").GetProperty("threads").GetRawText());
    }

    [Fact]
    public void As_many_as_there_are_cores_are_not() => Assert.Empty(
        Invoked.With("check", Smoke, "--threads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)).Error);
}
