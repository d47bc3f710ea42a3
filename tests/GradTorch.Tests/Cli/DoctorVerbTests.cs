using GradTorch.Cli;

namespace GradTorch.Tests.Cli;

public sealed class DoctorVerbTests
{
    [Fact]
    public void Here_libtorch_loads_and_computes()
    {
        var invoked = Invoked.With("doctor", "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.True(invoked.Json.GetProperty("healthy").GetBoolean());
        var findings = invoked.Json.GetProperty("findings").EnumerateArray()
            .ToDictionary(finding => finding.GetProperty("topic").GetString()!);
        Assert.Equal(
            ["gradtorch", "runtime", "processor", "instructions", "libtorch", "source", "blas", "cuda", "threads", "denormals", "computation", "fashion-mnist", "mnist"],
            findings.Keys);
        Assert.Equal(
            "product and its gradient: 121 (121), 22 (22), 44 (44)",
            findings["computation"].GetProperty("found").GetString());
    }

    [Fact]
    public void People_get_a_line_for_each_finding()
    {
        var lines = Invoked.With("doctor").Output.Split(Environment.NewLine);

        Assert.Contains("ok       computation    product and its gradient: 121 (121), 22 (22), 44 (44)", lines);
    }
}
