using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Studies;

/// <summary>What an experiment amounts to, against figures worked out by hand.</summary>
public sealed class ExperimentPlanTests
{
    private static readonly Experiment Deep = new()
    {
        Name = "deep",
        Seeds = new SeedSection { First = 7, Count = 3 },
        Data = new DataSection { Batch = 128 },
        Model = new ModelSection { Depth = 50, Width = 64 },
        Training = new TrainingSection { Epochs = 2, Optimizer = new OptimizerSection { Momentum = 0.9 } },
        Gradients = new GradientSection { Every = 10, Flush = 200 },
    };

    [Fact]
    public void Parameters_of_50_layers_of_64_on_fashion_mnist()
    {
        const long First = 784 * 64 + 64, Inner = 49 * (64 * 64 + 64), Output = 64 * 10 + 10;
        Assert.Equal(First + Inner + Output, ExperimentPlan.Of(Deep).Parameters);
        Assert.Equal(254_730, ExperimentPlan.Of(Deep).Parameters);
    }

    [Fact]
    public void Steps_records_layers_and_seeds()
    {
        var plan = ExperimentPlan.Of(Deep);
        Assert.Equal((468, 936), (plan.BatchesPerEpoch, plan.Steps));
        // Steps 0, 10, …, 930.
        Assert.Equal(94, plan.Records);
        Assert.Equal(51, plan.Layers);
        Assert.Equal([7, 8, 9], plan.Seeds);
        Assert.Equal(0, ExperimentPlan.Of(Deep with { Gradients = new GradientSection { Every = 0 } }).Records);
    }

    [Fact]
    public void A_batch_of_the_whole_training_split_is_allowed_and_one_more_is_not()
    {
        Assert.Equal(1, ExperimentPlan.Of(Deep with { Data = new DataSection { Batch = 60_000 } }).BatchesPerEpoch);
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentPlan.Of(Deep with { Data = new DataSection { Batch = 60_001 } }));
        var error = Assert.Single(thrown.Errors);
        Assert.Equal("data:batch", error.Path);
        Assert.Equal("found 60001, more than the 60000 training examples of fashion-mnist; allowed: 1 to 60000", error.Message);
    }

    [Fact]
    public void Files_without_examples_are_told_before_their_batch()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in ImageFiles.Names)
            folder.Write(name, name.Contains("images", StringComparison.Ordinal) ? IdxBytes.Of([0, 8, 8], []) : IdxBytes.Labels([]));
        var thrown = Assert.Throws<DataException>(
            () => ExperimentPlan.Of(Deep with { Data = new DataSection { Path = folder.Path, Batch = 1 } }));
        Assert.Equal(
            $"{folder.Path} (data:path) holds 0 examples to train and 0 to test; each needs at least one. Give other files.",
            thrown.Message);
    }

    [Theory]
    [InlineData("sgd", 0.0, false, 0)]
    [InlineData("sgd", 0.9, false, 1)]
    [InlineData("adam", 0.9, false, 2)]
    [InlineData("adamw", 0.0, false, 2)]
    [InlineData("rmsprop", 0.0, false, 1)]
    [InlineData("rmsprop", 0.9, true, 3)]
    public void Every_state_of_an_optimiser_takes_the_memory_of_the_parameters(string kind, double momentum, bool centered, int states)
    {
        long Memory(OptimizerSection optimizer) =>
            ExperimentPlan.Of(Deep with { Training = Deep.Training with { Optimizer = optimizer } }).MemoryBytes;
        var plain = Memory(new OptimizerSection { Kind = "sgd", Momentum = 0 });
        Assert.Equal(
            plain + states * 3L * 4 * 254_730,
            Memory(new OptimizerSection { Kind = kind, Momentum = momentum, Centered = centered }));
    }

    [Fact]
    public void A_warm_up_that_never_ends_is_refused()
    {
        ExperimentPlan.Of(Deep with { Training = new TrainingSection { Epochs = null, Steps = 10, Schedule = new ScheduleSection { Warmup = 9 } } });
        var thrown = Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(Deep with
        {
            Training = new TrainingSection { Epochs = null, Steps = 10, Schedule = new ScheduleSection { Warmup = 10 } },
        }));
        Assert.Equal(
            "experiment: training:schedule:warmup: found 10, but the training has 10 steps; allowed: 0 to 9", thrown.Message);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("plateau")]
    public void A_smallest_rate_above_the_rate_is_refused(string kind)
    {
        ExperimentPlan.Of(Deep with { Training = new TrainingSection { Schedule = new ScheduleSection { Kind = "constant", MinLr = 0.5 } } });
        var thrown = Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(
            Deep with { Training = new TrainingSection { Schedule = new ScheduleSection { Kind = kind, MinLr = 0.5 } } }));
        Assert.Equal(
            "experiment: training:schedule:minLr: found 0.5, more than a member's learning rate 0.01; allowed: 0 to 0.01", thrown.Message);
    }

    [Fact]
    public void A_loss_that_does_not_fit_what_is_learnt_is_told_with_those_that_do()
    {
        Assert.Equal("cross-entropy", ExperimentPlan.Of(Deep).Loss);
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentPlan.Of(Deep with { Training = new TrainingSection { Loss = "mse" } }));
        Assert.Equal(
            "experiment: training:loss: found 'mse', but what is learnt of fashion-mnist is a class; allowed: auto, cross-entropy",
            thrown.Message);
    }

    [Fact]
    public void A_class_at_every_timestep_is_refused_for_a_model_with_one_output()
    {
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentPlan.Of(Deep with { Data = new DataSection { Source = "copy-memory" } }));
        Assert.StartsWith("experiment: model:kind: 'mlp' gives one output for a whole sequence, and copy-memory has a target at every timestep", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_more_than_the_memory_is_refused_with_both_numbers()
    {
        MemoryLimit.Require(long.MaxValue, null, "cuda", new Experiment());
        MemoryLimit.Require(2_000_000_000, 2_000_000_000, "cpu", new Experiment());
        var thrown = Assert.Throws<ConfigurationException>(() => MemoryLimit.Require(3_500_000_000, 2_000_000_000, "cpu", new Experiment()));
        Assert.Contains("needs about 3.5 GB of memory, and cpu has 2.0 GB; reduce data:batch", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>By hand: a layer has its input, and of each unit what is projected, the pre-activation and its gradient. A
    /// GRU and an LSTM, cell by cell, have more: their numbers are how much the resident memory of runs of 300 and 900
    /// timesteps differed.</summary>
    [Theory]
    [InlineData("elman", 3)]
    [InlineData("gru", 28)]
    [InlineData("lstm", 30)]
    public void What_a_recurrent_model_keeps_grows_with_every_timestep(string kind, int numbers)
    {
        long Of(int length) => ExperimentPlan.Of(Adding(kind, length) with { Gradients = new GradientSection { Every = 0 } }).MemoryBytes;
        const long Data = 110_000 * 4, Records = 2 * 5 * 8;
        Assert.Equal(
            1000 * (128 * ((2 + numbers * 64) + (64 + numbers * 64)) * 4 + Data + Records), Of(2000) - Of(1000));
    }

    [Fact]
    public void Timesteps_are_recorded_of_recurrent_models_only()
    {
        Assert.Equal((3, 50), (ExperimentPlan.Of(Adding("gru", 50)).Layers, ExperimentPlan.Of(Adding("gru", 50)).Timesteps));
        Assert.Equal((3, 0), (ExperimentPlan.Of(Adding("mlp", 50)).Layers, ExperimentPlan.Of(Adding("mlp", 50)).Timesteps));
    }

    [Fact]
    public void A_sequence_too_long_for_the_memory_is_refused_before_any_variant_is_trained()
    {
        StudyPlan.Of(Adding("elman", 50) with { Device = "cpu" }).RequireDevices();
        var study = new Experiment
        {
            Study = new StudySection
            {
                Variants = new StudyVariants(
                    new StudyVariant("short", Adding("elman", 50) with { Device = "cpu" }),
                    new StudyVariant("long", Adding("elman", 10_000_000) with { Device = "cpu" })),
            },
        };
        var error = Assert.Single(Assert.Throws<ConfigurationException>(StudyPlan.Of(study).RequireDevices).Errors);
        Assert.Equal("study:variants:long", error.Path);
        Assert.Matches("^needs about [0-9.]+ GB of memory, and cpu has [0-9.]+ GB; reduce data:batch, data:length", error.Message);
    }

    [Fact]
    public void More_members_than_can_be_counted_out_are_refused()
    {
        var thrown = Assert.Throws<ConfigurationException>(
            () => ExperimentPlan.Of(Deep with { Seeds = new SeedSection { Count = int.MaxValue } }));
        Assert.Equal(
            "experiment: seeds:count: found 2147483647 seeds for each of 1 combinations, 2147483647 members in all; allowed: up to 1000000 members",
            thrown.Message);
    }

    [Fact]
    public void Sizes_whose_product_has_more_than_64_bits_need_all_the_memory_there_is()
    {
        var largest = Deep with
        {
            Seeds = new SeedSection { Count = 1_000_000 }, Model = new ModelSection { Depth = 100_000, Width = 1_000_000 },
        };
        Assert.Equal(100_000L * 1_000_000 * 1_000_001, ExperimentPlan.Of(largest).Parameters, 1e15);
        Assert.Equal(long.MaxValue, ExperimentPlan.Of(largest).MemoryBytes);
        Assert.True(ExperimentPlan.Of(Deep with { Gradients = new GradientSection { Flush = int.MaxValue } }).MemoryBytes > 1e12);
    }

    private static Experiment Adding(string kind, int length) => new()
    {
        Data = new DataSection { Source = "adding", Length = length }, Model = new ModelSection { Kind = kind, Depth = 2 },
    };

    [Fact]
    public void Examples_that_are_generated_count_in_the_memory()
    {
        long Of(int train) => ExperimentPlan.Of(Deep with
        {
            Data = new DataSection { Source = "adding", Length = 1000, Train = train },
        }).MemoryBytes;
        // A value for each timestep, their sum, two places and a length; and a place in the order of each of three members.
        Assert.Equal(1000 * (1001 * 4 + 3 * 8 + 3 * 8), Of(3000) - Of(2000));
    }

    /// <summary>By hand, in float32: weights, gradients, momentum and the weights before the update; z and a of every
    /// layer and as much again for backward; the pixels as bytes.</summary>
    [Fact]
    public void Memory_is_that_of_a_count_by_hand_within_a_half()
    {
        const long Parameters = 3 * 254_730L * 4 * 4;
        const long Activations = 3 * 128 * (784 + 50 * 64 * 4L) * 4;
        const long Pixels = 70_000 * 784;
        Assert.InRange(
            ExperimentPlan.Of(Deep).MemoryBytes, (Parameters + Activations + Pixels) * 2 / 3, (Parameters + Activations + Pixels) * 3 / 2);
    }

    [Fact]
    public void Memory_grows_with_precision_optimiser_members_and_recording()
    {
        var memory = ExperimentPlan.Of(Deep).MemoryBytes;
        long Of(Experiment experiment) => ExperimentPlan.Of(experiment).MemoryBytes;
        const long Pixels = 70_000 * 784, PerCopy = 3 * 254_730 * 4;
        // Places in each member's order are int64 and what is recorded is float64, whatever the precision.
        var records = 3L * (20 * 51 * LayerQuantities.Count + 200 * 6) * 8;
        var others = Pixels + 3 * 60_000 * 8 + records;
        Assert.Equal(2 * (memory - others), Of(Deep with { Precision = Precision.Float64 }) - others);
        Assert.Equal(2 * (memory - Pixels), Of(Deep with { Seeds = new SeedSection { Count = 6 } }) - Pixels);
        Assert.Equal(
            memory - PerCopy - 3L * 19 * 51 * LayerQuantities.Count * 8, Of(Deep with { Gradients = new GradientSection { Every = 0 } }));
        Assert.Equal(memory - PerCopy, Of(Deep with { Training = new TrainingSection() }));
        Assert.Equal(memory + PerCopy, Of(Deep with
        {
            Training = new TrainingSection { Optimizer = new OptimizerSection { Kind = "adam" } },
        }));
    }
}
