using GradTorch.Backends;
using GradTorch.Tests.Backends;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

public sealed class RecordedTrainingTests
{
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Recording_every_step_or_some_changes_no_bit_of_the_weights(string backend)
    {
        AssertSameWeights(BackendNames.Create(backend), members: 3);
    }

    /// <summary>Of one member gradients lie in one piece, and the plain backend goes back another way; with layers of its own, which
    /// take theirs from the current backend.</summary>
    [Fact]
    public void Recording_changes_no_bit_of_the_weights_of_a_single_member() => AssertSameWeights(TorchBackend.Current, members: 1);

    private static void AssertSameWeights(ITorchBackend backend, int members)
    {
        var unrecorded = Weights(backend, members, recordEvery: 0);
        foreach (var every in (int[])[1, 3]) Assert.Equal(unrecorded, Weights(backend, members, every));
    }

    private static long[] Weights(ITorchBackend backend, int members, int recordEvery)
    {
        using var problem = TrainingProblem.Initialised(members, depth: 6, activation: "tanh");
        using var optimizer = new SgdOptimizer(problem.Model.Parameters, backend, momentum: 0.9, nesterov: false, weightDecay: 0);
        var plan = new TrainingPlan(Steps: 20, RecordEvery: recordEvery, Flush: 5, EvaluateEvery: 0);
        using var trainer = new Trainer(
            problem.Model, new CrossEntropy(), problem.Data, problem.Order, optimizer, new ConstantSchedule([.. new[] { 0.1, 0.05, 0.2 }.Take(members)]), clip: null,
            plan, backend, new TrainingLog());
        trainer.Run(CancellationToken.None);
        return [.. Enumerable.Range(0, members).SelectMany(member => Bits.Of(problem.Weights(member)))];
    }
}
