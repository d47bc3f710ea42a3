using GradTorch.Backends;
using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>A member that is not alive keeps its weights, whatever its gradient and its weights hold, in every backend.</summary>
public sealed class OptimizerAliveTests
{
    private static readonly double[] Weights = [1, double.PositiveInfinity, -2, double.NaN, 0.25, -0.0];

    public static TheoryData<string, string> Cases => new()
    {
        { "plain", "sgd" }, { "plain", "sgd with momentum" }, { "plain", "adam" },
        { "current", "sgd" }, { "current", "sgd with momentum" }, { "current", "adam" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_keeps_every_bit_of_its_weights_while_the_others_move(string backend, string optimizer)
    {
        using var scope = NewDisposeScope();
        ITorchBackend steps = backend == "plain" ? new PlainTorchBackend() : TorchBackend.Current;
        var weight = tensor([.. Weights, 1, 2, 3, 4, 5, 6], [2, 6], float32);
        var gradient = tensor([double.NaN, double.NaN, 1e30, 1, double.NegativeInfinity, 1, 1, 1, 1, 1, 1, 1], [2, 6], float32);
        var (rates, alive) = (tensor(new[] { 0.5, 0.5 }), tensor(new[] { false, true }));
        // States that overflowed at the member's last step.
        var first = full([2, 6], double.PositiveInfinity, float32);
        var second = full([2, 6], double.PositiveInfinity, float32);
        first[1].zero_();
        second[1].zero_();
        if (optimizer == "adam") steps.AdamStep(weight, gradient, first, second, rates, alive, ones([1], int64), 0.9, 0.999, 1e-8, 0.1);
        else steps.SgdStep(weight, gradient, optimizer == "sgd" ? null : first, rates, alive, optimizer == "sgd" ? 0 : 0.9, 0.1, false);

        Assert.Equal(Bits.Of(Weights), Bits.Of(HostCopy.Doubles(weight[0])));
        Assert.All(HostCopy.Doubles(weight[1]).Zip([1.0, 2, 3, 4, 5, 6]), pair => Assert.True(pair.First < pair.Second));
    }
}
