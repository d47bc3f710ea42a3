using GradTorch.Gradients;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Members share a batch dimension and nothing else.</summary>
public sealed class MemberIndependenceTests
{
    [Fact]
    public void The_gradient_of_a_members_loss_is_zero_in_all_other_members()
    {
        for (var member = 0; member < 4; member++)
        {
            using var problem = TrainingProblem.Initialised(4);
            using var scope = NewDisposeScope();
            Losses(problem)[member].backward();
            var norms = HostCopy.Doubles(problem.Model.Parameters.Gradients.abs().sum(1));
            for (var other = 0; other < 4; other++) Assert.Equal(other == member, norms[other] != 0);
        }
    }

    [Fact]
    public void The_gradient_of_the_sum_is_each_members_own()
    {
        using var together = TrainingProblem.Initialised(4);
        using var alone = TrainingProblem.Initialised(4);
        using var scope = NewDisposeScope();
        Losses(together).sum().backward();
        Losses(alone)[2].backward();
        Assert.Equal(
            Bits.Of(HostCopy.Doubles(alone.Model.Parameters.Gradients[2])),
            Bits.Of(HostCopy.Doubles(together.Model.Parameters.Gradients[2])));
    }

    [Fact]
    public void A_members_loss_is_the_mean_cross_entropy_of_its_own_batch()
    {
        using var problem = TrainingProblem.Initialised(3);
        using var scope = NewDisposeScope();
        var (inputs, labels, _) = problem.Data.Train.Gather(problem.Order.Next());
        var logits = problem.Model.call(inputs);
        var losses = HostCopy.Doubles(CrossEntropy.PerExample(logits, labels).mean([1]));
        for (var member = 0; member < 3; member++)
        {
            var expected = HostCopy.Doubles(nn.functional.cross_entropy(logits[member], labels[member]))[0];
            Assert.Equal(expected, losses[member], 1e-6);
        }
    }

    /// <summary>−log softmax by hand, in float64.</summary>
    [Fact]
    public void Cross_entropy_is_minus_the_logarithm_of_softmax()
    {
        using var scope = NewDisposeScope();
        double[] logits = [1.0, -2.0, 0.5, 1000.0, 999.0, -1000.0];
        var found = HostCopy.Doubles(CrossEntropy.PerExample(
            tensor(logits, [2, 1, 3], float64), tensor(new long[] { 2, 1 }).unsqueeze(1)));
        Assert.Equal(Math.Log(Math.E + Math.Exp(-2) + Math.Exp(0.5)) - 0.5, found[0], 1e-14);
        Assert.Equal(1 + Math.Log(1 + Math.Exp(-1)), found[1], 1e-12);
    }

    private static Tensor Losses(TrainingProblem problem)
    {
        var (inputs, labels, _) = problem.Data.Train.Gather(problem.Order.Next());
        problem.Model.Parameters.ZeroGradients();
        return CrossEntropy.PerExample(problem.Model.call(inputs), labels).mean([1]);
    }
}
