using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Norms;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

/// <summary>What the comparison with PyTorch does not reach: members that stopped, replays, buffers.</summary>
public sealed class BatchNormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_running_statistics_are_buffers_of_the_model()
    {
        using var model = ModelContractTests.Build(ModelContractTests.Section("mlp", "batch", "BeforeActivation", 0, 5), [1, 2]);
        var buffers = model.named_buffers().ToDictionary(buffer => buffer.name, buffer => buffer.buffer.shape);
        Assert.Equal(8, buffers.Count);
        Assert.Equal([2, 5], buffers["hidden.0.norm.running_mean"]);
        Assert.Equal([2, 5], buffers["hidden.3.norm.running_var"]);
        Assert.Contains("hidden.0.norm.running_mean", model.state_dict().Keys);
        model.Parameters.Dispose();
    }

    [Fact]
    public void A_member_that_stopped_keeps_its_statistics_and_a_replay_moves_none()
    {
        using var parameters = new EnsembleParameters(2, 6, float64, CPU);
        using var state = new StepState([new MemberSeed(1), new MemberSeed(2)], CPU) { Alive = tensor(new[] { true, false }) };
        using var norm = new BatchNorm("norm", 3, parameters, state);
        var x = Arrays.Normal(1, 2 * 8 * 3).ToTensor(float64, 2, 8, 3);
        var y = HostCopy.Doubles(norm.call(x));
        var (mean, variance) = (HostCopy.Doubles(norm.RunningMean), HostCopy.Doubles(norm.RunningVariance));
        Arrays.AssertClose([.. HostCopy.Doubles(x[0].mean([0])).Select(value => 0.1 * value), 0, 0, 0], mean, 1e-12);
        Arrays.AssertClose([.. HostCopy.Doubles(x[0].var(0)).Select(value => 0.9 + 0.1 * value), 1, 1, 1], variance, 1e-12);
        state.Replaying = true;
        Assert.Equal(y, HostCopy.Doubles(norm.call(x)));
        Assert.Equal(mean, HostCopy.Doubles(norm.RunningMean));
        Assert.Equal(variance, HostCopy.Doubles(norm.RunningVariance));
    }
}
