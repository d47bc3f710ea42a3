using GradTorch.Tests.Backends;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

public sealed class RecordedTrainingTests
{
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Recording_every_step_or_some_changes_no_bit_of_the_weights(string backend)
    {
        var unrecorded = Weights(backend, recordEvery: 0);
        foreach (var every in (int[])[1, 3]) Assert.Equal(unrecorded, Weights(backend, every));
    }

    private static long[] Weights(string name, int recordEvery)
    {
        using var problem = TrainingProblem.Initialised(members: 3, depth: 6, activation: "tanh");
        var backend = BackendNames.Create(name);
        using var optimizer = new SgdOptimizer(problem.Model.Parameters, backend, momentum: 0.9, nesterov: false, weightDecay: 0);
        var plan = new TrainingPlan(Steps: 20, RecordEvery: recordEvery, Flush: 5, EvaluateEvery: 0);
        using var trainer = new Trainer(
            problem.Model, new CrossEntropy(), problem.Data, problem.Order, optimizer, new ConstantSchedule([0.1, 0.05, 0.2]), clip: null,
            plan, backend, new TrainingLog());
        trainer.Run(CancellationToken.None);
        return [.. Enumerable.Range(0, 3).SelectMany(member => Bits.Of(problem.Weights(member)))];
    }
}
