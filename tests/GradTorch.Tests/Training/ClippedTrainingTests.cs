using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>Trainings with clipping: what is recorded of it, and what it leaves alone.</summary>
public sealed class ClippedTrainingTests
{
    private static readonly double[] Thresholds = [0.05, 1e9, 0.05];
    private static readonly TrainingPlan Plan = new(Steps: 12, EvaluateEvery: 100, RecordEvery: 1, Flush: 5);

    public static TheoryData<string, ClipScope> Kinds => new()
    {
        { "norm", ClipScope.Total }, { "norm", ClipScope.Layer }, { "value", ClipScope.Total },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Norms_before_and_after_are_recorded_and_whether_it_clipped(string kind, ClipScope scope)
    {
        using var problem = TrainingProblem.Initialised(3);
        var log = Train(problem, kind, scope);
        Assert.Equal(["loss", "gradient_norm", "learning_rate", "accuracy", "clipped_gradient_norm", "clipped"], log.Records[0].ScalarNames);
        for (var member = 0; member < 3; member++)
        {
            var (before, after) = (log.Scalars(member, "gradient_norm", 3), log.Scalars(member, "clipped_gradient_norm", 3));
            var flags = log.Scalars(member, "clipped", 3);
            if (member == 1)
            {
                Arrays.AssertClose(before, after, 1e-12);
                Assert.All(flags, flag => Assert.Equal(0, flag));
                continue;
            }
            // Three layers, each within the threshold; by value 164 parameters.
            var most = Thresholds[member] * (kind == "value" ? Math.Sqrt(164) : scope == ClipScope.Layer ? Math.Sqrt(3) : 1);
            Assert.Equal(1, flags[0]);
            Assert.All(before.Zip(after), pair => Assert.InRange(pair.Second, 0, Math.Min(pair.First, most)));
            Assert.All(before.Zip(after, flags), row => Assert.Equal(row.Third == 1, row.Second < row.First));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_member_within_its_threshold_trains_as_if_there_were_none(string kind, ClipScope scope)
    {
        using var clipped = TrainingProblem.Initialised(3);
        using var free = TrainingProblem.Initialised(3);
        Train(clipped, kind, scope);
        Train(free, "none", scope);
        Assert.Equal(Bits.Of(free.Weights(1)), Bits.Of(clipped.Weights(1)));
        Assert.NotEqual(Bits.Of(free.Weights(0)), Bits.Of(clipped.Weights(0)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_of_layers_are_recorded_as_they_were_before(string kind, ClipScope scope)
    {
        using var clipped = TrainingProblem.Initialised(3);
        using var free = TrainingProblem.Initialised(3);
        var (with, without) = (Train(clipped, kind, scope), Train(free, "none", scope));
        // The first step starts from the same weights; its updates are what differs.
        var (one, other) = (FirstRecord(with), FirstRecord(without));
        for (var i = 0; i < one.Length; i++)
            if (i % LayerQuantities.Count != (int)LayerQuantity.Update) Assert.Equal(other[i], one[i]);
        Assert.True(one[(int)LayerQuantity.Update] < other[(int)LayerQuantity.Update]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_gradient_that_is_not_finite_ends_its_member_as_without_clipping(string kind, ClipScope scope)
    {
        using var calm = TrainingProblem.Initialised(3);
        using var wild = TrainingProblem.Initialised(3);
        wild.SetWeight(member: 1, layer: 2, double.NaN);
        Train(calm, kind, scope);
        var log = Train(wild, kind, scope);
        Assert.Equal([new Divergence(1, 0, 2)], log.Divergences);
        Assert.Equal(Bits.Of(calm.Weights(0)), Bits.Of(wild.Weights(0)));
        Assert.Equal(Bits.Of(calm.Weights(2)), Bits.Of(wild.Weights(2)));
    }

    [Fact]
    public void Without_clipping_nothing_of_it_is_recorded()
    {
        using var problem = TrainingProblem.Initialised(3);
        Assert.Equal(["loss", "gradient_norm", "learning_rate", "accuracy"], Train(problem, "none", ClipScope.Total).Records[0].ScalarNames);
    }

    private static TrainingLog Train(TrainingProblem problem, string kind, ClipScope scope)
    {
        var log = new TrainingLog();
        using var clip = ClipRegistry.Find(kind).Create(
            new ClipSection { Kind = kind, Scope = scope }, Thresholds, problem.Model, TorchBackend.Current);
        using var optimizer = new SgdOptimizer(problem.Model.Parameters, TorchBackend.Current, 0.9, false, 0);
        problem.Train(optimizer, new ConstantSchedule([0.05, 0.05, 0.05]), clip, Plan, log);
        return log;
    }

    private static double[] FirstRecord(TrainingLog log) =>
        log.Records[0].Gradients[..(log.Records[0].Gradients.Length / log.Records[0].GradientSteps.Length)];
}
