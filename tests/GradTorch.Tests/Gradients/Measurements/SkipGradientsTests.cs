using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Models;
using GradTorch.Tests.Oracles;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class SkipGradientsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>The twin takes each block by itself, from the last: its two ways have inputs of their own, and what comes back to both is the
    /// gradient of the block before.</summary>
    [Theory]
    [InlineData(SkipJoin.BeforeActivation, 1, MeasuredNet.Features)]
    [InlineData(SkipJoin.AfterActivation, 1, MeasuredNet.Features)]
    [InlineData(SkipJoin.BeforeActivation, 3, 7)]
    [InlineData(SkipJoin.AfterActivation, 1, 7)]
    public void The_two_parts_are_those_of_a_twin_block_by_block(SkipJoin join, int every, int features)
    {
        using var net = new MeasuredNet(
            new ModelSection { Kind = "residual", Skip = new SkipSection { Join = join, Every = every } }, features: features);
        net.Step();
        using var measurements = new StepMeasurements(net.Model, ["skip"]);
        measurements.Measure(net.Loss);
        var measured = MeasuredNet.Read(measurements);
        var expected = Twin(net, join, every);
        Assert.Equal(expected.Count * MeasuredNet.Members, measured.Count / 2);
        foreach (var (layer, (skip, branch)) in expected)
        {
            for (var member = 0; member < MeasuredNet.Members; member++)
            {
                Assert.Equal(skip[member], measured[(member, layer, SkipGradients.Skip)], 1e-12);
                Assert.Equal(branch[member], measured[(member, layer, SkipGradients.Branch)], 1e-12);
                Assert.True(skip[member] > 0 && branch[member] > 0);
            }
        }
    }

    /// <summary>Whatever else stands in a block: the parts add up to the gradient of the stream, and training does not see it.</summary>
    [Theory]
    [InlineData(SkipJoin.BeforeActivation)]
    [InlineData(SkipJoin.AfterActivation)]
    public void A_pass_that_is_split_gives_the_gradients_of_one_that_is_not(SkipJoin join)
    {
        using var net = new MeasuredNet(new ModelSection { Kind = "residual", Norm = "batch", Dropout = 0.2, Skip = new SkipSection { Join = join } });
        net.Step();
        var gradients = HostCopy.Doubles(net.Model.Parameters.Gradients);
        using var step = new RepeatedStep(net.Model);
        step.Run(Repetition.Split, net.Loss, () =>
        {
            Arrays.AssertClose(gradients, HostCopy.Doubles(net.Model.Parameters.Gradients), 1e-10, 1e-14);
            Assert.Equal(3, step.Skips.Gradients().Count(block => block.Skip is not null && block.Branch is not null));
        });
        Assert.Equal(Bits.Of(gradients), Bits.Of(HostCopy.Doubles(net.Model.Parameters.Gradients)));
    }

    /// <returns>By the layer where the skip joins, each member's norm of either part.</returns>
    private static Dictionary<int, (double[] Skip, double[] Branch)> Twin(MeasuredNet net, SkipJoin join, int every)
    {
        var (model, scale) = ((ResidualNet)net.Model, 0.5);
        var blocks = 3 / every;
        Tensor Layer(Tensor a, int index) => a.bmm(model.Layers[index].Linear.Weight) + model.Layers[index].Linear.Bias;
        Tensor Block(Tensor skip, Tensor branch, int block)
        {
            var stream = block == 0 && model.Projection is { } projection ? skip.bmm(projection.Weight) : skip;
            var a = block > 0 && join == SkipJoin.BeforeActivation ? branch.tanh() : branch;
            for (var index = block * every; index < (block + 1) * every - 1; index++) a = Layer(a, index).tanh();
            var z = Layer(a, (block + 1) * every - 1);
            return stream + scale * (join == SkipJoin.BeforeActivation ? z : z.tanh());
        }
        var inputs = new List<Tensor> { net.Inputs };
        for (var block = 0; block < blocks; block++) inputs.Add(Block(inputs[^1], inputs[^1], block).detach());
        var last = inputs[^1].requires_grad_();
        var logits = Layer(join == SkipJoin.BeforeActivation ? last.tanh() : last, 3);
        Arrays.AssertClose(HostCopy.Doubles(net.Model.call(net.Inputs)), HostCopy.Doubles(logits), 1e-12, 1e-12);
        var gradient = autograd.grad([net.LossOf(logits)], [last])[0];
        var parts = new Dictionary<int, (double[], double[])>();
        for (var block = blocks - 1; block >= 0; block--)
        {
            var (skip, branch) = (inputs[block].clone().requires_grad_(), inputs[block].clone().requires_grad_());
            var both = autograd.grad([Block(skip, branch, block)], [skip, branch], [gradient]);
            gradient = both[0] + both[1];
            parts[(block + 1) * every] = (Norms(both[0]), Norms(both[1]));
        }
        return parts;
    }

    private static double[] Norms(Tensor gradient) =>
        [.. HostCopy.Doubles(gradient).Chunk((int)gradient[0].numel()).Select(MeasureOracle.Norm)];
}
