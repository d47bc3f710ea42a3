using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>Schedules, clipping and precision from the file to the database.</summary>
public sealed class TrainingOptionsTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Fact]
    public void A_schedule_and_the_clipping_are_in_the_database()
    {
        using var folder = new TemporaryFolder();
        var run = StudyRun.Of(With(folder, training => training with
        {
            Optimizer = new OptimizerSection { Kind = "adamw", Lr = 0.01, WeightDecay = 0.1 },
            Schedule = new ScheduleSection { Kind = "step", Every = 10, Factor = 0.5, Warmup = 4 },
            Clip = new ClipSection { Kind = "norm", Threshold = 0.1 },
        }));
        for (var member = 0; member < 3; member++)
        {
            var rates = run.Scalars(member, "learning_rate");
            Assert.Equal([0.0025, 0.005, 0.0075, 0.01, 0.01], rates[..5]);
            Assert.Equal((0.01, 0.005, 0.00125), (rates[13], rates[14], rates[^1]));
            Assert.Contains(1.0, run.Scalars(member, "clipped"));
            Assert.All(run.Scalars(member, "clipped_gradient_norm"), norm => Assert.InRange(norm, 0, 0.1));
            Assert.Equal(40, run.Scalars(member, "clipped_gradient_norm").Length);
        }
    }

    [Fact]
    public void Without_clipping_the_database_says_nothing_of_it()
    {
        using var folder = new TemporaryFolder();
        var run = StudyRun.Of(With(folder, training => training));
        Assert.Empty(run.Scalars(0, "clipped"));
        Assert.Empty(run.Scalars(0, "clipped_gradient_norm"));
    }

    [Theory]
    [InlineData(Precision.Float32, false)]
    [InlineData(Precision.Tf32, true)]
    [InlineData(Precision.Float64, false)]
    public void Tensor_float_32_is_allowed_only_where_it_was_asked_for(Precision precision, bool allowed)
    {
        using var folder = new TemporaryFolder();
        using (var prepared = PreparedExperiment.Of(With(folder, training => training) with { Precision = precision }))
        {
            Assert.Equal(allowed, backends.cuda.matmul.allow_tf32);
            Assert.Equal(precision == Precision.Float64 ? float64 : float32, prepared.Model.Parameters.Values.dtype);
        }
        Assert.False(backends.cuda.matmul.allow_tf32);
    }

    [Fact]
    public void On_the_CPU_tensor_float_32_is_float32()
    {
        using var folder = new TemporaryFolder();
        var experiment = With(folder, training => training) with { Device = "cpu" };
        Assert.Equal(
            Bits.Of(StudyRun.Of(experiment).Weights), Bits.Of(StudyRun.Of(experiment with { Precision = Precision.Tf32 }).Weights));
    }

    private Experiment With(TemporaryFolder folder, Func<TrainingSection, TrainingSection> change)
    {
        var small = StudyRun.Small(images, folder.Path);
        return small with { Training = change(small.Training) };
    }
}
