using GradTorch.Cli;
using GradTorch.Cli.Doctor;

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

    [Theory]
    [InlineData(true, true, "can be flushed to 0")]
    [InlineData(false, true, "this processor can't flush them: vanishing gradients will slow the CPU down")]
    [InlineData(false, false, "this libtorch lacks the switch that flushes them (at::Context::setFlushDenormal): vanishing gradients will slow the CPU down")]
    public void Denormals_that_stay_are_the_processors_or_the_librarys_doing(bool flushed, bool reachable, string found)
    {
        var finding = TorchExamination.DenormalFlushing(flushed, reachable);

        Assert.Equal(found, finding.Found);
        Assert.Equal(!flushed, finding.Advice is not null);
    }
}
