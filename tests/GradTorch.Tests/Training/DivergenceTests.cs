using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>A member that meets a NaN or an infinity stops there, and nobody else notices.</summary>
public sealed class DivergenceTests
{
    private const int Depth = 3;

    private static TrainingPlan Plan(long steps = 20, int recordEvery = 4) => new(steps, 1000, recordEvery, Flush: 6);

    [Theory]
    [InlineData("relu", 1, double.PositiveInfinity)]
    [InlineData("relu", 2, double.PositiveInfinity)]
    [InlineData("relu", 4, double.NegativeInfinity)]
    [InlineData("tanh", 1, double.NaN)]
    [InlineData("tanh", 3, double.NaN)]
    [InlineData("sigmoid", 4, double.NaN)]
    public void A_forward_pass_that_breaks_is_located_at_the_layer_whose_weight_broke_it(string activation, int layer, double weight)
    {
        using var problem = TrainingProblem.Initialised(3, Depth, activation);
        problem.SetWeight(member: 1, layer, weight);
        var log = new TrainingLog();
        problem.Train([0.01, 0.01, 0.01], Plan(), log);
        Assert.Equal([new Divergence(1, 0, layer)], log.Divergences);
    }

    /// <summary>tanh(±∞) is finite and flat, so δ = 0 there, and 0·∞ on the way to the layer below is the first NaN.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_backward_pass_that_breaks_below_an_infinite_weight_is_located_there(int layer)
    {
        using var problem = TrainingProblem.Initialised(3, Depth, "tanh");
        problem.SetWeight(member: 1, layer, double.PositiveInfinity);
        var log = new TrainingLog();
        problem.Train([0.01, 0.01, 0.01], Plan(), log);
        Assert.Equal([new Divergence(1, 0, layer - 1)], log.Divergences);
    }

    /// <summary>Gradients grow by 1e20 a layer from the output on; two of those are beyond float32. Forwards the small
    /// weights below make up for it.</summary>
    [Theory]
    [InlineData(1, new[] { 1e-30, 1e20, 1e20, 1 })]
    [InlineData(2, new[] { 1e-15, 1e-15, 1e20, 1e20 })]
    public void A_gradient_that_overflows_while_the_loss_is_finite_is_located_where_it_does(int layer, double[] factors)
    {
        using var problem = TrainingProblem.Initialised(2, Depth, "identity");
        for (var i = 0; i < factors.Length; i++) problem.Scale(member: 0, layer: i + 1, factors[i]);
        var before = problem.Weights(0);
        var log = new TrainingLog();
        problem.Train([0.01, 0.01], Plan(), log);
        Assert.Equal([new Divergence(0, 0, layer)], log.Divergences);
        Assert.True(double.IsFinite(log.Scalars(0, "loss", 2)[0]));
        Assert.Equal(Bits.Of(before), Bits.Of(problem.Weights(0)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_others_train_as_if_nothing_had_happened(int recordEvery)
    {
        var calm = Trained([0.01, 0.01, 0.01], Plan(recordEvery: recordEvery));
        var wild = Trained([0.01, 1e30, 0.01], Plan(recordEvery: recordEvery));

        // Step 0 is of ordinary weights and makes them about 1e30: layer 1 is still finite, its product with layer 2 is not.
        Assert.Equal([new Divergence(1, 1, 2)], wild.Log.Divergences);
        Assert.Empty(calm.Log.Divergences);
        foreach (var member in new[] { 0, 2 })
        {
            Assert.Equal(Bits.Of(calm.Weights[member]), Bits.Of(wild.Weights[member]));
            foreach (var name in StepMetrics.NamesOf(hasAccuracy: true))
                Assert.Equal(Bits.Of(calm.Log.Scalars(member, name, 3)), Bits.Of(wild.Log.Scalars(member, name, 3)));
            Assert.Equal(Bits.Of(Gradients(calm.Log, member)), Bits.Of(Gradients(wild.Log, member)));
        }
    }

    [Fact]
    public void Its_weights_stay_those_before_the_step_that_it_could_not_do()
    {
        var afterOne = Trained([0.01, 1e30, 0.01], Plan(steps: 1));
        var afterMany = Trained([0.01, 1e30, 0.01], Plan(steps: 20));
        Assert.Equal(Bits.Of(afterOne.Weights[1]), Bits.Of(afterMany.Weights[1]));
        Assert.All(afterMany.Weights[1], weight => Assert.True(double.IsFinite(weight)));
        Assert.NotEqual(Bits.Of(afterOne.Weights[0]), Bits.Of(afterMany.Weights[0]));
    }

    [Fact]
    public void It_is_told_before_the_record_that_holds_the_step()
    {
        using var problem = TrainingProblem.Initialised(2, Depth);
        var order = new List<string>();
        problem.Train([0.01, 1e30], Plan(), new Sequence(order));
        Assert.Equal(["diverged 1", "recorded 0-5", "recorded 6-11", "recorded 12-17", "recorded 18-19"], order);
    }

    /// <summary>Each member meets the example at a step of its own, many steps before it is noticed: the place is found
    /// with the batch of that step.</summary>
    [Fact]
    public void An_example_that_is_not_a_number_stops_each_member_when_its_batch_holds_it()
    {
        const int Broken = 17;
        using var twin = TrainingProblem.Initialised(4);
        var met = new Dictionary<int, long>();
        for (var step = 0; step < 40; step++)
        {
            using var indices = twin.Order.Next();
            var batches = HostCopy.Doubles(indices).Chunk(8).ToArray();
            for (var member = 0; member < 4; member++)
                if (batches[member].Contains(Broken)) met.TryAdd(member, step);
        }
        Assert.True(met.Values.Distinct().Count() > 1);

        using var problem = TrainingProblem.Initialised(4, broken: Broken);
        var log = new TrainingLog();
        problem.Train([0.01, 0.01, 0.01, 0.01], new TrainingPlan(40, 1000, RecordEvery: 3, Flush: 40), log);
        var expected = met.Select(pair => new Divergence(pair.Key, pair.Value, 1));
        Assert.Equal(
            expected.OrderBy(divergence => (divergence.Step, divergence.Member)),
            log.Divergences);
    }

    [Fact]
    public void When_all_have_diverged_the_training_ends_at_the_next_flush()
    {
        using var problem = TrainingProblem.Initialised(2, Depth);
        var log = new TrainingLog();
        Assert.Equal(6, problem.Train([1e30, 1e30], Plan(steps: 1000), log));
        Assert.Equal([new Divergence(0, 1, 2), new Divergence(1, 1, 2)], log.Divergences);
        Assert.Empty(log.Evaluations);
    }

    [Fact]
    public void Members_that_diverge_at_different_steps_are_told_with_their_own()
    {
        using var problem = TrainingProblem.Initialised(3, Depth);
        problem.SetWeight(member: 2, layer: 3, double.NaN);
        var log = new TrainingLog();
        problem.Train([0.01, 1e30, 0.01], Plan(), log);
        Assert.Equal([new Divergence(2, 0, 3), new Divergence(1, 1, 2)], log.Divergences);
    }

    private static (TrainingLog Log, double[][] Weights) Trained(double[] rates, TrainingPlan plan)
    {
        using var problem = TrainingProblem.Initialised(rates.Length, Depth);
        var log = new TrainingLog();
        Assert.Equal(plan.Steps, problem.Train(rates, plan, log, momentum: 0.9));
        return (log, [.. rates.Select((_, member) => problem.Weights(member))]);
    }

    private static IEnumerable<double> Gradients(TrainingLog log, int member)
    {
        const int Size = (Depth + 1) * 11;
        Assert.Equal(11, LayerQuantities.Count);
        return log.Records.SelectMany(record => record.GradientSteps.SelectMany(
            (_, row) => record.Gradients.Skip((row * 3 + member) * Size).Take(Size)));
    }

    private sealed class Sequence(List<string> order) : ITrainingObserver
    {
        public void Diverged(Divergence divergence) => order.Add(FormattableString.Invariant($"diverged {divergence.Member}"));

        public void Recorded(TrainingRecord record) =>
            order.Add(FormattableString.Invariant($"recorded {record.ScalarSteps[0]}-{record.ScalarSteps[^1]}"));

        public void Evaluated(Evaluation evaluation)
        {
            if (evaluation.Step != 20) order.Add("evaluated");
        }
    }
}
