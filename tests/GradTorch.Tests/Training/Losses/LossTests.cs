using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Losses against sums by hand.</summary>
public sealed class LossTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Each_kind_of_target_has_a_loss_and_each_loss_a_name()
    {
        Assert.All(Enum.GetValues<TargetKind>(), target => Assert.Equal(target, LossRegistry.Find("auto", target).Target));
        Assert.All(LossRegistry.All, entry => Assert.Same(entry, LossRegistry.Find(entry.Name, entry.Target)));
        var losses = typeof(Loss).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Loss)));
        Assert.Equal(losses.Order(ByName), LossRegistry.All.Select(entry => entry.Loss.GetType()).Order(ByName));
    }

    [Fact]
    public void The_mean_squared_error_is_the_mean_over_the_outputs_and_knows_no_hits()
    {
        var outputs = tensor([1.0, 2, 3, 4, 5, 6, 7, 8]).reshape(2, 2, 2);
        var batch = new Batch(zeros(1), zeros([2, 2, 2], float64), Lengths: null);
        var loss = new MeanSquaredError();
        Assert.Equal([2.5, 12.5, 30.5, 56.5], HostCopy.Doubles(loss.PerExample(outputs, batch)));
        Assert.False(loss.HasHits);
        Assert.Null(loss.Hits(outputs, batch));
    }

    /// <summary>Three timesteps of two examples, of which the second has two; its third is far off.</summary>
    [Fact]
    public void A_loss_at_every_timestep_is_the_mean_over_those_that_the_example_has()
    {
        double[] logits = [0, 0, 5, 0, 0, 1, 0, 3, 2, 0, 50, -50];
        var outputs = tensor(logits).reshape(1, 3, 2, 2).requires_grad_();
        var batch = new Batch(zeros(1), tensor(new long[] { 0, 1, 1, 1, 1, 0 }).reshape(1, 3, 2), tensor(new long[] { 3, 2 }).reshape(1, 2));
        var loss = new CrossEntropyPerTimestep();
        static double Of(double right, double wrong) => Math.Log(1 + Math.Exp(wrong - right));
        var losses = loss.PerExample(outputs, batch);
        Arrays.AssertClose(
            [(Of(0, 0) + Of(1, 0) + Of(0, 2)) / 3, (Of(0, 5) + Of(3, 0)) / 2], HostCopy.Doubles(losses), 1e-12);
        losses.sum().backward();
        var gradient = HostCopy.Doubles(outputs.grad!);
        Assert.All(gradient[..10], number => Assert.NotEqual(0, number));
        Assert.Equal([0, 0], gradient[10..]);
        // Of the first example at the first timestep both classes tie and the first one counts: a hit.
        Assert.Equal([2 / 3.0, 1 / 2.0], HostCopy.Doubles(loss.Hits(outputs, batch)!), (first, second) => Math.Abs(first - second) < 1e-12);
    }

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create(
        (first, second) => string.CompareOrdinal(first.Name, second.Name));
}
