using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Initialisation;
using GradTorch.Models.Norms;
using GradTorch.Studies;
using GradTorch.Tests.Models.Recurrent;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>The CPU has kernels of its own, which the rest of the suite holds to PyTorch and to closed forms. A CUDA device must
/// say the same in float64, in everything that is recorded.</summary>
public sealed class CudaAgreementTests(SmallImages images) : IClassFixture<SmallImages>
{
    public static TheoryData<string> Activations => [.. ActivationRegistry.Names];

    public static TheoryData<string> Surrogates => [.. SurrogateRegistry.Names];

    /// <summary>Those that a matrix of any shape can have.</summary>
    public static TheoryData<string> Initialisers => [.. InitialiserRegistry.Names.Where(name => name is not ("spectral-radius" or "file"))];

    public static TheoryData<string, string, NormPlace> Norms
    {
        get
        {
            var all = new TheoryData<string, string, NormPlace>();
            foreach (var kind in new[] { "mlp", "residual" })
            foreach (var norm in NormRegistry.Names)
            foreach (var place in Enum.GetValues<NormPlace>())
                all.Add(kind, norm, place);
            return all;
        }
    }

    public static TheoryData<string, string, ClipScope> Optimisers
    {
        get
        {
            var all = new TheoryData<string, string, ClipScope>();
            foreach (var optimizer in OptimizerRegistry.Names)
            foreach (var clip in ClipRegistry.Names)
            foreach (var scope in Enum.GetValues<ClipScope>())
                all.Add(optimizer, clip, scope);
            return all;
        }
    }

    public static TheoryData<string, bool> Recurrent
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var name in RecurrentCase.Names)
            foreach (var truncated in new[] { false, true })
                all.Add(name, truncated);
            return all;
        }
    }

    [TheoryWithCuda]
    [MemberData(nameof(Norms))]
    public void Feed_forward_nets(string kind, string norm, NormPlace place) => AssertAgreement(Of(new ModelSection
    {
        Kind = kind, Depth = 4, Width = 16, Norm = norm, NormPlace = place, Skip = new SkipSection { Every = 2 },
    }));

    /// <summary>Kernels of our own take layers up to 128 wide, some thirty in a launch; wider ones go from product to product.</summary>
    [TheoryWithCuda]
    [InlineData("mlp", 33, 40, 0, SkipJoin.BeforeActivation)]
    [InlineData("mlp", 128, 3, 0, SkipJoin.BeforeActivation)]
    [InlineData("mlp", 200, 3, 0, SkipJoin.BeforeActivation)]
    [InlineData("residual", 64, 60, 2, SkipJoin.BeforeActivation)]
    [InlineData("residual", 24, 31, 1, SkipJoin.AfterActivation)]
    [InlineData("residual", 150, 4, 2, SkipJoin.AfterActivation)]
    public void Widths_and_depths(string kind, int width, int depth, int every, SkipJoin join)
    {
        foreach (var backward in (string[])["exact", "sigmoid-function"])
        {
            AssertAgreement(Of(new ModelSection
            {
                Kind = kind, Depth = depth, Width = width, Activation = new ActivationSection { Forward = "tanh", Backward = backward },
                Skip = new SkipSection { Every = Math.Max(every, 1), Join = join },
            }) with { Members = new MembersSection { Vary = new(new VariedKey("model:activation:slope", [0.7, 1, 1.2])) } });
        }
    }

    [TheoryWithCuda]
    [MemberData(nameof(Activations))]
    public void Activations_in_layers_and_through_time(string forward)
    {
        var activation = new ActivationSection { Forward = forward };
        AssertAgreement(Of(new ModelSection { Depth = 3, Width = 16, Activation = activation }));
        AssertAgreement(Rows(new ModelSection { Kind = "elman", Depth = 1, Width = 16, Activation = activation }));
    }

    [TheoryWithCuda]
    [MemberData(nameof(Surrogates))]
    public void Surrogates_in_layers_and_through_time(string backward)
    {
        var activation = new ActivationSection { Forward = "relu", Backward = backward };
        AssertAgreement(Of(new ModelSection { Depth = 3, Width = 16, Activation = activation }));
        AssertAgreement(Rows(new ModelSection { Kind = "elman", Depth = 1, Width = 16, Activation = activation }));
    }

    [TheoryWithCuda]
    [MemberData(nameof(Initialisers))]
    public void Initial_weights(string kind) =>
        AssertAgreement(Of(new ModelSection { Depth = 2, Width = 64, Init = new InitSection { Kind = kind } }));

    [TheoryWithCuda]
    [MemberData(nameof(Optimisers))]
    public void Optimisers_and_clipping(string optimizer, string clip, ClipScope scope)
    {
        var small = Of(new ModelSection { Depth = 2, Width = 16 });
        var momentum = optimizer is "sgd" or "rmsprop" ? 0.9 : 0;
        AssertAgreement(small with
        {
            Training = small.Training with
            {
                Optimizer = new OptimizerSection { Kind = optimizer, Lr = 0.01, Momentum = momentum, WeightDecay = 0.01 },
                Schedule = new ScheduleSection { Kind = "cosine", Warmup = 3 },
                Clip = new ClipSection { Kind = clip, Scope = clip == "norm" ? scope : ClipScope.Total, Threshold = clip == "value" ? 0.01 : 0.1 },
            },
        });
    }

    [TheoryWithCuda]
    [MemberData(nameof(Recurrent))]
    public void Recurrent_nets(string name, bool truncated)
    {
        var form = new RecurrentCase(name, truncated ? 3 : null);
        var rows = Rows(form.Shape.Section);
        AssertAgreement(rows with { Training = rows.Training with { Regulariser = form.Regulariser } });
    }

    [TheoryWithCuda]
    [MemberData(nameof(Recurrent))]
    public void Sequences_that_end_early(string name, bool truncated)
    {
        const int Members = 3, Timesteps = 7, Batch = 4;
        var form = new RecurrentCase(name, truncated ? 3 : null, EveryOutput: true);
        (double[] Outputs, double[] Gradients) Pass(Device device)
        {
            using var scope = NewDisposeScope();
            using var model = form.Build(device, 5, 6, 7);
            var lengths = tensor(new long[] { 7, 1, 5, 2 }).expand(Members, Batch).to(device);
            var result = RecurrentCase.Pass(model, RecurrentCase.Inputs(Members, Timesteps, Batch).to(device), lengths);
            model.Parameters.Dispose();
            return result;
        }
        var (expected, found) = (Pass(CPU), Pass(CUDA));
        Arrays.AssertClose(expected.Outputs, found.Outputs, 1e-10, 1e-14);
        Arrays.AssertClose(expected.Gradients, found.Gradients, 1e-9, 1e-14);
    }

    [TheoryWithCuda]
    [InlineData("mlp")]
    [InlineData("elman")]
    public void Recording_changes_no_bit_and_a_run_repeats(string kind)
    {
        var experiment = (kind == "mlp"
            ? Of(new ModelSection { Depth = 4, Width = 16, Dropout = 0.3 }) : Rows(new ModelSection { Kind = kind, Depth = 2, Width = 16 }))
            with { Device = "cuda", Precision = Precision.Float32 };
        var recorded = Train(experiment).Weights;
        Assert.Equal(recorded, Train(experiment).Weights);
        Assert.Equal(recorded, Train(experiment with { Gradients = new GradientSection { Every = 0 } }).Weights);
    }

    /// <summary>Launched as a graph, a step does what its kernels do one by one.</summary>
    [TheoryWithCuda]
    [InlineData("mlp", "sgd")]
    [InlineData("residual", "adam")]
    [InlineData("elman", "rmsprop")]
    [InlineData("gru", "adamw")]
    [InlineData("lstm", "sgd")]
    public void A_step_that_is_replayed_changes_no_bit(string kind, string optimizer)
    {
        var section = new ModelSection
        {
            Kind = kind, Depth = 2, Width = 16, Activation = new ActivationSection { Forward = kind == "elman" ? "prelu" : "tanh" },
            Norm = kind is "mlp" or "residual" ? "batch" : "none", Skip = new SkipSection { Every = 2 },
        };
        var experiment = (kind is "mlp" or "residual" ? Of(section) : Rows(section)) with { Device = "cuda", Precision = Precision.Float32 };
        experiment = experiment with
        {
            Training = experiment.Training with
            {
                Steps = 40, Optimizer = new OptimizerSection { Kind = optimizer, Lr = 0.003 },
                Schedule = new ScheduleSection { Kind = "cosine", Warmup = 5 }, Clip = new ClipSection { Kind = "norm", Threshold = 0.5 },
            },
            Gradients = new GradientSection { Every = 2, Flush = 5 },
        };
        var (replayed, stepwise) = (Train(experiment), Train(experiment with { CudaGraphs = false }));
        Assert.Equal(stepwise.Weights, replayed.Weights);
        Assert.Equal(stepwise.Numbers, replayed.Numbers);
        Assert.DoesNotContain("not replayed", replayed.Log, StringComparison.Ordinal);
    }

    [TheoryWithCuda]
    [InlineData("adding")]
    [InlineData("copy-memory")]
    [InlineData("temporal-order")]
    public void Tasks_are_generated_there_and_train(string source)
    {
        var run = Train(new Experiment
        {
            Device = "cuda",
            Data = new DataSection { Source = source, Length = 20, Train = 640, Test = 64, Batch = 32 },
            Model = new ModelSection { Kind = "elman", Depth = 1, Width = 16 },
            Training = new TrainingSection { Epochs = null, Steps = 10 },
        });
        Assert.All(run.Weights.Concat(run.Numbers), number => Assert.True(double.IsFinite(number)));
    }

    private Experiment Of(ModelSection model) => StudyRun.Small(images, "unused") with
    {
        Precision = Precision.Float64,
        Model = model,
        Training = new TrainingSection
        {
            Epochs = null, Steps = 8, EvaluateEvery = 4, Optimizer = new OptimizerSection { Lr = 0.02, Momentum = 0.9 },
        },
    };

    private Experiment Rows(ModelSection model)
    {
        var vectors = Of(model);
        return vectors with { Data = vectors.Data with { Form = ImageForm.Rows } };
    }

    [FactWithCuda]
    public void The_manifest_names_the_GPU_and_its_driver()
    {
        using var output = new TemporaryFolder();
        var run = StudyRun.Of(Of(new ModelSection { Depth = 2, Width = 8 }) with { Device = "cuda", Output = output.Path });
        var manifest = run.Directory.ReadManifest();
        Assert.Matches(@"^cuda:0 \(.*NVIDIA.*\)$", manifest.Device);
        Assert.Matches(@"^\d+\.\d+", manifest.Driver);
        Assert.Null(manifest.BlasKernels);
    }

    [TheoryWithCuda]
    [InlineData(true, 100_000_000)]
    [InlineData(false, 100)]
    public void A_sequence_too_long_for_its_memory_is_refused(bool refused, int length)
    {
        var experiment = new Experiment
        {
            Device = "cuda",
            Data = new DataSection { Source = "adding", Length = length, Train = 64, Test = 16, Batch = 32 },
            Model = new ModelSection { Kind = "elman", Depth = 1, Width = 64 },
        };
        var plan = StudyPlan.Of(experiment);
        if (!refused) plan.RequireDevices();
        else Assert.Contains("GB of memory, and cuda", Assert.Throws<ConfigurationException>(plan.RequireDevices).Message, StringComparison.Ordinal);
    }

    /// <summary>All parameters of all members at the end, and every number of every table.</summary>
    private static (double[] Weights, double[] Numbers, string Log) Train(Experiment experiment)
    {
        using var output = new TemporaryFolder();
        var run = StudyRun.Of(experiment with { Output = output.Path });
        Assert.Empty(run.Outcome.Divergences);
        return (run.Weights,
        [
            .. run.Read(reader => reader.Scalars()).Select(row => row.Value),
            .. run.Read(reader => reader.LayerGradients()).SelectMany(row => row.Quantities),
            .. run.Read(reader => reader.TimestepGradients()).SelectMany(row => row.Quantities),
            .. run.Read(reader => reader.Evaluations()).SelectMany(row => new[] { row.Loss, row.Accuracy ?? 0 }),
        ], File.ReadAllText(run.Directory.LogFile));
    }

    private static void AssertAgreement(Experiment experiment)
    {
        var (expected, found) = (Train(experiment with { Device = "cpu" }), Train(experiment with { Device = "cuda" }));
        Arrays.AssertClose(expected.Weights, found.Weights, 1e-8, 1e-11);
        Arrays.AssertClose(expected.Numbers, found.Numbers, 1e-7, 1e-11);
    }
}
