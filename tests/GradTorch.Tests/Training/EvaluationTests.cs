using GradTorch.Gradients;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Loss and accuracy against a count by hand.</summary>
public sealed class EvaluationTests
{
    /// <summary>One example, less and more than a chunk, whole chunks, a last chunk that is not full, and so many members that their
    /// chunks are smaller.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(37, 3)]
    [InlineData(1000, 3)]
    [InlineData(1001, 3)]
    [InlineData(2345, 3)]
    [InlineData(501, 70)]
    [InlineData(65, 1100)]
    public void Every_example_counts_once(int count, int members)
    {
        using var problem = TrainingProblem.Initialised(members);
        using var points = TrainingProblem.Points(8, count);
        var evaluation = Evaluation.Of(problem.Model, new CrossEntropy(), points.Test, points.Shape, 12, "test")!;
        Assert.Equal((12, "test"), (evaluation.Step, evaluation.Split));

        using var scope = NewDisposeScope();
        using var off = no_grad();
        var (inputs, labels, _) = points.Test.Range(0, count);
        var logits = HostCopy.Doubles(problem.Model.call(inputs.expand(members, count, 6)));
        var classes = HostCopy.Doubles(labels);
        for (var member = 0; member < members; member++)
        {
            var (loss, hits) = ByHand(logits.AsSpan(member * count * 4, count * 4), classes);
            Assert.Equal(hits / (double)count, evaluation.Accuracies![member], 1e-12);
            Assert.Equal(loss, evaluation.Losses[member], 1e-6 * loss);
        }
    }

    [Fact]
    public void Cancelled_it_is_none_and_the_model_trains_again()
    {
        using var problem = TrainingProblem.Initialised(3);
        using var points = TrainingProblem.Points(8, 37);
        problem.Model.train();
        Assert.Null(Evaluation.Of(
            problem.Model, new CrossEntropy(), points.Test, points.Shape, 12, "test", new CancellationToken(canceled: true)));
        Assert.True(problem.Model.training);
    }

    private static (double Loss, int Hits) ByHand(ReadOnlySpan<double> logits, double[] labels)
    {
        var (loss, hits) = (0.0, 0);
        for (var example = 0; example < labels.Length; example++)
        {
            var row = logits.Slice(example * 4, 4).ToArray();
            loss += Math.Log(row.Sum(Math.Exp)) - row[(int)labels[example]];
            if (Array.IndexOf(row, row.Max()) == (int)labels[example]) hits++;
        }
        return (loss / labels.Length, hits);
    }
}
