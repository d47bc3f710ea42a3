using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Studies;
using GradTorch.Tests.Models.Recurrent;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>Live tensors: as many after an experiment as before it, and no more from flush to flush.</summary>
public sealed class SoakTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Theory]
    [MemberData(nameof(RecurrentCase.TheoryNames), MemberType = typeof(RecurrentCase))]
    [InlineData("mlp")]
    [InlineData("residual")]
    public void A_whole_experiment_of_any_kind_leaves_no_tensor_behind(string kind)
    {
        using var output = new TemporaryFolder();
        var experiment = Of(kind, StudyRun.Small(images, output.Path));
        AssertNothingLeft(experiment, () => StudyRun.Of(experiment));
    }

    [Theory]
    [InlineData("sgd", 1)]
    [InlineData("adam", 10)]
    public void A_whole_experiment_leaves_no_tensor_behind(string optimizer, int every)
    {
        using var output = new TemporaryFolder();
        var small = StudyRun.Small(images, output.Path);
        var experiment = small with
        {
            Training = small.Training with { Optimizer = small.Training.Optimizer with { Kind = optimizer } },
            Gradients = small.Gradients with { Every = every, Flush = 10 },
        };
        AssertNothingLeft(experiment, () => StudyRun.Of(experiment));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("residual")]
    [MemberData(nameof(RecurrentCase.TheoryNames), MemberType = typeof(RecurrentCase))]
    public void Training_holds_as_many_tensors_at_every_flush(string kind)
    {
        using var output = new TemporaryFolder();
        var small = Of(kind, StudyRun.Small(images, output.Path));
        var counts = new List<long>();
        // What other tests left to the collector would be missed later on.
        LiveTensors.Count();
        StudyRun.Of(
            small with
            {
                Training = small.Training with { Steps = 300, Clip = new ClipSection { Kind = "norm", Scope = ClipScope.Layer } },
                Gradients = small.Gradients with { Every = 3, Flush = 30 },
            },
            new StudyListener { OnRecorded = _ => counts.Add(Tensor.TotalCount) });
        Assert.True(counts.Count >= 10);
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void A_run_that_fails_leaves_no_tensor_behind()
    {
        using var output = new TemporaryFolder();
        var small = StudyRun.Small(images, output.Path);
        var fails = new StudyListener { OnRecorded = _ => throw new InvalidOperationException("stop here") };
        AssertNothingLeft(small, () => Assert.Throws<InvalidOperationException>(() => StudyRun.Of(small, fails)));
    }

    [Fact]
    public void A_run_whose_members_diverge_leaves_no_tensor_behind()
    {
        using var output = new TemporaryFolder();
        var small = StudyRun.Small(images, output.Path);
        foreach (var every in new[] { 0, 1 })
        {
            var wild = small with
            {
                Training = small.Training with { Optimizer = small.Training.Optimizer with { Lr = 1e30 } },
                Model = small.Model with { Activation = small.Model.Activation with { Forward = "relu" } },
                Gradients = small.Gradients with { Every = every },
            };
            AssertNothingLeft(wild, () => StudyRun.Of(wild));
        }
    }

    [Fact]
    public void A_probe_leaves_no_tensor_behind()
    {
        using var process = new StudyRun.ProcessSettings();
        var small = StudyRun.Small(images, "unused");
        AssertNothingLeft(small, () =>
        {
            using var prepared = PreparedExperiment.Of(small);
            var loaded = Tensor.TotalCount;
            ExperimentProbe.Run(prepared);
            Assert.Equal(LayerQuantities.Count, ExperimentProbe.Run(prepared)[0].Layers[0].Quantities.Length);
            Assert.Equal(loaded, Tensor.TotalCount);
        });
    }

    /// <summary>Once it has been done before, so that what lasts as long as the process is there.</summary>
    private static void AssertNothingLeft(Experiment experiment, Action work)
    {
        work();
        var miscounted = LiveTensors.Miscounted(experiment);
        var before = LiveTensors.Count();
        work();
        Assert.Equal(before + miscounted, LiveTensors.Count());
    }

    /// <summary>With all that a model of the kind can have.</summary>
    private static Experiment Of(string kind, Experiment small)
    {
        if (kind is "mlp" or "residual")
        {
            return small with
            {
                Model = new ModelSection
                {
                    Kind = kind, Depth = 2, Width = 9,
                    Activation = new ActivationSection { Forward = "relu", Backward = "sigmoid-function" },
                    Skip = new SkipSection { Every = 2 }, Norm = "batch", Dropout = 0.2,
                },
            };
        }
        return small with
        {
            Data = new DataSection { Source = "adding", Length = 10, VariableLength = true, Train = 96, Test = 32, Batch = 16 },
            Model = new RecurrentCase(kind, Truncate: 4).Shape.Section,
            Training = small.Training with { Regulariser = new RecurrentCase(kind).Regulariser },
        };
    }
}
