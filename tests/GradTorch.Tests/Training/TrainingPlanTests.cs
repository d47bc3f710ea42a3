using GradTorch.Configuration;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>When a training ends, evaluates, records and flushes.</summary>
public sealed class TrainingPlanTests
{
    private static Experiment Experiment(int? epochs, int? steps, int evaluateEvery = 0) => new()
    {
        Training = new TrainingSection { Epochs = epochs, Steps = steps, EvaluateEvery = evaluateEvery },
        Gradients = new GradientSection { Every = 3, Flush = 17 },
    };

    [Fact]
    public void Epochs_are_as_many_steps_as_they_have_complete_batches() =>
        Assert.Equal(new TrainingPlan(3 * 468, 468, 3, 17), TrainingPlan.Of(Experiment(epochs: 3, steps: null), 468));

    [Fact]
    public void Steps_are_taken_as_they_are() =>
        Assert.Equal(new TrainingPlan(1000, 250, 3, 17), TrainingPlan.Of(Experiment(null, 1000, evaluateEvery: 250), 468));

    [Fact]
    public void With_neither_it_is_one_epoch() =>
        Assert.Equal(468, TrainingPlan.Of(Experiment(null, null), 468).Steps);

    [Theory]
    [InlineData(20, 7, new long[] { 7, 14, 20 })]
    [InlineData(21, 7, new long[] { 7, 14, 21 })]
    [InlineData(5, 100, new long[] { 5 })]
    [InlineData(3, 1, new long[] { 1, 2, 3 })]
    public void Evaluations_come_at_multiples_of_their_distance_and_at_the_end(int steps, int every, long[] expected)
    {
        var log = Trained(new TrainingPlan(steps, every, RecordEvery: 0, Flush: 50));
        Assert.Equal(expected, log.Evaluations.Select(evaluation => evaluation.Step));
        Assert.Empty(log.GradientSteps);
    }

    /// <summary>Every step's scalars and every n-th step's gradients arrive once and in order, whatever the buffers hold
    /// and wherever evaluations empty them.</summary>
    [Theory]
    [InlineData(1, 1, 100)]
    [InlineData(1, 7, 100)]
    [InlineData(3, 1, 100)]
    [InlineData(3, 7, 100)]
    [InlineData(3, 7, 5)]
    [InlineData(7, 7, 4)]
    [InlineData(10, 15, 100)]
    [InlineData(10, 3, 11)]
    [InlineData(50, 4, 100)]
    [InlineData(1, 100, 9)]
    public void Records_arrive_once_and_in_order(int every, int flush, int evaluateEvery)
    {
        const int Steps = 23;
        var log = Trained(new TrainingPlan(Steps, evaluateEvery, every, flush));
        var all = Enumerable.Range(0, Steps).Select(step => (long)step).ToArray();
        Assert.Equal(all, log.ScalarSteps);
        Assert.Equal(all.Where(step => step % every == 0), log.GradientSteps);
        Assert.All(log.Records, record => Assert.InRange(record.ScalarSteps.Length, 1, flush));
        Assert.All(log.Records, record => Assert.Equal(record.ScalarSteps.Length * 2 * 4, record.Scalars.Length));
        Assert.All(log.Records, record => Assert.Equal(record.GradientSteps.Length * 2 * 3 * 11, record.Gradients.Length));
    }

    /// <summary>The record before an evaluation is with the observer before it.</summary>
    [Fact]
    public void What_was_recorded_comes_before_the_evaluation_that_follows_it()
    {
        using var problem = TrainingProblem.Initialised(2);
        var seen = new Seen();
        problem.Train([0.01, 0.01], new TrainingPlan(12, 5, 1, Flush: 100), seen);
        Assert.Equal([(5, 4), (10, 9), (12, 11)], seen.EvaluationAndLastRecord);
    }

    private static TrainingLog Trained(TrainingPlan plan)
    {
        using var problem = TrainingProblem.Initialised(2);
        var log = new TrainingLog();
        Assert.Equal(plan.Steps, problem.Train([0.01, 0.01], plan, log));
        return log;
    }

    private sealed class Seen : ITrainingObserver
    {
        private long _last = -1;

        public List<(long, long)> EvaluationAndLastRecord { get; } = [];

        public void Diverged(Divergence divergence) => throw new InvalidOperationException("nothing diverges here");

        public void Recorded(TrainingRecord record) => _last = record.ScalarSteps[^1];

        public void Evaluated(Evaluation evaluation) => EvaluationAndLastRecord.Add((evaluation.Step, _last));
    }
}
