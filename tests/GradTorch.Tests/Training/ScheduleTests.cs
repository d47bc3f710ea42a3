using System.Text.Json;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Fixtures;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Schedules against torch.optim.lr_scheduler: tests/Fixtures/schedules.py.</summary>
public sealed class ScheduleTests
{
    private static readonly JsonElement Document = PyTorchFixture.Read("schedules.json");
    private static readonly double[] Members = Doubles(Document.GetProperty("members"));
    private static readonly int Steps = Document.Int("steps");
    private static readonly double[][] Losses = [.. Document.GetProperty("losses").EnumerateArray().Select(Doubles)];

    public static TheoryData<string> Cases =>
        [.. Document.GetProperty("cases").EnumerateArray().Select(element => element.Text("name"))];

    public static TheoryData<string> Kinds => [.. ScheduleRegistry.Names];

    [Fact]
    public void Every_schedule_of_the_registry_is_compared() => Assert.Empty(ScheduleRegistry.Names.Except(
        Document.GetProperty("cases").EnumerateArray().Select(element => element.GetProperty("section").Text("kind"))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fifty_steps_have_the_rates_of_PyTorch(string name)
    {
        var element = Document.GetProperty("cases").EnumerateArray().Single(element => element.Text("name") == name);
        var schedule = ScheduleRegistry.Create(Section(element.GetProperty("section")), Members, Steps);
        var expected = element.GetProperty("rates").EnumerateArray().Select(Doubles).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            Arrays.AssertClose(expected[step], [.. Members.Select((_, member) => schedule.RateAt(member, step))], 1e-12);
            schedule.Evaluated(step + 1, Losses[step]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_member_has_the_same_rates_alone_and_whatever_the_losses_of_the_others(string kind)
    {
        var section = new ScheduleSection { Kind = kind, Warmup = 3, Every = 5, Patience = 1, MinLr = 1e-6 };
        var together = ScheduleRegistry.Create(section, [0.5, 0.01], 40);
        var alone = ScheduleRegistry.Create(section, [0.01], 40);
        for (var step = 0; step < 40; step++)
        {
            Assert.Equal(alone.RateAt(0, step), together.RateAt(1, step));
            together.Evaluated(step + 1, [double.NaN, 1.0 / (1 + step / 10)]);
            alone.Evaluated(step + 1, [1.0 / (1 + step / 10)]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_rates_are_finite_and_between_the_minimum_and_that_of_the_member(string kind)
    {
        var schedule = ScheduleRegistry.Create(
            new ScheduleSection { Kind = kind, Every = 2, Patience = 0, MinLr = 0.001 }, [0.1], 30);
        var minimum = ScheduleRegistry.Find(kind).HasMinimum ? 0.001 : 0;
        for (var step = 0; step < 30; step++)
        {
            Assert.InRange(schedule.RateAt(0, step), minimum, 0.1);
            schedule.Evaluated(step + 1, [1]);
        }
    }

    [Fact]
    public void Plateau_pays_no_heed_to_evaluations_before_the_end_of_the_warm_up()
    {
        var schedule = ScheduleRegistry.Create(
            new ScheduleSection { Kind = "plateau", Patience = 0, Factor = 0.5, Warmup = 4 }, [0.8], 20);
        for (var updates = 1; updates <= 4; updates++) schedule.Evaluated(updates, [updates]);
        Arrays.AssertClose([0.2, 0.4, 0.6, 0.8, 0.8], [.. Enumerable.Range(0, 5).Select(step => schedule.RateAt(0, step))], 1e-15);
        schedule.Evaluated(5, [100]);
        Assert.Equal(0.8, schedule.RateAt(0, 5));
        schedule.Evaluated(6, [100]);
        Assert.Equal(0.4, schedule.RateAt(0, 6));
    }

    [Fact]
    public void Rates_on_the_device_are_written_only_when_one_changes()
    {
        using var rates = new LearningRates(new StepSchedule([0.1, 0.2], every: 3, factor: 0.5), CPU);
        var written = new List<long>();
        for (var step = 0; step < 8; step++)
        {
            if (rates.Set(step)) written.Add(step);
        }
        Assert.Equal([3L, 6L], written);
        Assert.Equal([0.025, 0.05], HostCopy.Doubles(rates.Values));
    }

    [Fact]
    public void The_rate_that_is_recorded_is_the_one_that_was_used()
    {
        using var problem = TrainingProblem.Initialised(2);
        var (log, plan) = (new TrainingLog(), new TrainingPlan(Steps: 9, EvaluateEvery: 100, RecordEvery: 1, Flush: 4));
        var before = problem.Weights(0);
        using (var optimizer = new SgdOptimizer(problem.Model.Parameters, TorchBackend.Current, 0, false, 0))
            problem.Train(optimizer, ScheduleRegistry.Create(new ScheduleSection { Kind = "cosine", Warmup = 3 }, [0.03, 0.3], 9), null, plan, log);
        Arrays.AssertClose([0.1, 0.2, 0.3, 0.3], log.Scalars(1, "learning_rate", 2)[..4], 1e-15);
        var schedule = ScheduleRegistry.Create(new ScheduleSection { Kind = "cosine", Warmup = 3 }, [0.03, 0.3], 9);
        for (var member = 0; member < 2; member++)
            Assert.Equal(Enumerable.Range(0, 9).Select(step => schedule.RateAt(member, step)), log.Scalars(member, "learning_rate", 2));

        // Without momentum an update of the first layer is the rate times its gradient.
        var width = log.Records[0].Gradients.Length / log.Records[0].GradientSteps.Length;
        for (var step = 0; step < 4; step++)
        {
            var row = log.Records[0].Gradients.AsSpan(step * width, width);
            var (update, gradient) = (row[(int)LayerQuantity.Update], row[(int)LayerQuantity.WeightGradient]);
            Assert.Equal(schedule.RateAt(0, step) * gradient, update, 1e-5 * update);
        }
        Assert.NotEqual(before, problem.Weights(0));
    }

    [Fact]
    public void Plateau_hears_of_every_evaluation_of_a_training()
    {
        using var problem = TrainingProblem.Initialised(2);
        var log = new TrainingLog();
        // A rate this small improves the loss by less than a hundredth at each evaluation; the other member's learns at first.
        var schedule = new PlateauSchedule([1e-9, 0.1], factor: 0.5, patience: 1, threshold: 0.01, minimum: 0);
        using (var optimizer = new SgdOptimizer(problem.Model.Parameters, TorchBackend.Current, 0, false, 0))
            problem.Train(optimizer, schedule, null, new TrainingPlan(8, EvaluateEvery: 2, RecordEvery: 0, Flush: 3), log);
        // Evaluations after 2 (the first best), 4 and 6 updates: the last of those is the second in a row.
        Assert.Equal([1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 5e-10, 5e-10], log.Scalars(0, "learning_rate", 2));
        Assert.Equal(0.1, log.Scalars(1, "learning_rate", 2)[^1]);
    }

    private static ScheduleSection Section(JsonElement element) => element.Deserialize<ScheduleSection>(JsonSerializerOptions.Web)!;

    /// <summary>JSON has no infinity: null stands for it.</summary>
    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(
        item => item.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : item.GetDouble())];
}
