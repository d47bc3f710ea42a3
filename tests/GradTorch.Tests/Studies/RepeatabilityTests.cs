using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Tests.Training;

namespace GradTorch.Tests.Studies;

/// <summary>Observation never changes training, and the same experiment gives the same numbers.</summary>
public sealed class RepeatabilityTests(SmallImages images) : IClassFixture<SmallImages>
{
    public static TheoryData<string> Variants => ["sgd", "adam", "denormals kept", "one member", "relu, per feature, float64", "residual, batch norm, dropout"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_same_experiment_twice_fills_its_database_with_the_same_bits(string variant)
    {
        using var output = new TemporaryFolder();
        var experiment = Variant(variant, output.Path);
        var (first, second) = (StudyRun.Of(experiment), StudyRun.Of(experiment));
        Assert.NotEqual(first.Directory.Path, second.Directory.Path);
        var dump = first.Dump();
        var members = experiment.Seeds.Count;
        // Scalars (4) and layers (5) of every step, an evaluation at 15, 30 and 40, and the member itself.
        Assert.Equal(members * (40 * (4 + 5) + 3 + 1), dump.Length);
        Assert.Equal(dump, second.Dump());
        Assert.Equal(Bits.Of(first.Weights), Bits.Of(second.Weights));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Recording_does_not_change_a_bit_of_the_weights(string variant)
    {
        using var output = new TemporaryFolder();
        var experiment = Variant(variant, output.Path);
        var runs = new[] { 0, 1, 10 }
            .Select(every => StudyRun.Of(experiment with { Gradients = new GradientSection { Every = every, Flush = 13 } }))
            .ToArray();
        int[] layerRows = [.. runs.Select(run => run.Read(reader => reader.LayerGradients()).Length)];
        Assert.Equal([0, 40 * 5 * experiment.Seeds.Count, 4 * 5 * experiment.Seeds.Count], layerRows);
        foreach (var run in runs[1..])
        {
            Assert.Equal(Bits.Of(runs[0].Weights), Bits.Of(run.Weights));
            Assert.Equal(Without(runs[0], "layer_gradient"), Without(run, "layer_gradient"));
        }
    }

    [Fact]
    public void Where_numbers_are_written_with_commas_a_run_is_the_same()
    {
        using var output = new TemporaryFolder();
        var experiment = Variant("sgd", output.Path);
        var plain = StudyRun.Of(experiment);
        using var german = new CommaDecimal();
        var comma = StudyRun.Of(experiment);
        Assert.Equal(plain.Dump(), comma.Dump());
        Assert.Equal(File.ReadAllText(plain.Directory.ConfigFile), File.ReadAllText(comma.Directory.ConfigFile));
        Assert.Contains("step 40: test loss ", File.ReadAllText(comma.Directory.LogFile), StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9],[0-9]", File.ReadAllText(comma.Directory.LogFile));
    }

    /// <summary>The variant above has what it is there for; flushed, the same gradients are 0.</summary>
    [FactWithDenormalSwitch]
    public void Denormal_gradients_are_kept_or_flushed_as_the_experiment_says()
    {
        using var output = new TemporaryFolder();
        var kept = Variant("denormals kept", output.Path);
        double[] Gradients(Experiment experiment) =>
        [
            .. StudyRun.Of(experiment).Read(reader => reader.LayerGradients()).Where(row => row.Step == 0 && row.Member == 0)
                .Select(row => row.Quantities[(int)LayerQuantity.PreactivationGradient]),
        ];
        var (smallest, layer) = (1.17549435e-38, Array.FindIndex(Gradients(kept), norm => norm > 0));
        Assert.InRange(Gradients(kept)[layer], double.Epsilon, smallest);
        Assert.Equal(0, Gradients(kept with { Denormals = Denormals.Flush })[layer]);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using var output = new TemporaryFolder();
        var experiment = Variant("one member", output.Path);
        Assert.NotEqual(
            StudyRun.Of(experiment).Weights, StudyRun.Of(experiment with { Seeds = new SeedSection { First = 6 } }).Weights);
    }

    private Experiment Variant(string name, string output)
    {
        var small = StudyRun.Small(images, output);
        return name switch
        {
            "sgd" => small,
            "adam" => small with
            {
                Training = small.Training with { Optimizer = new OptimizerSection { Kind = "adam", Lr = 0.003 } },
            },
            "denormals kept" => small with
            {
                // Sigmoids with small weights: gradients below the smallest normal number.
                Denormals = Denormals.Keep,
                Model = small.Model with
                {
                    Activation = new ActivationSection { Forward = "sigmoid" }, Init = new InitSection { Gain = 1e-13 },
                },
            },
            "residual, batch norm, dropout" => small with
            {
                Model = small.Model with
                {
                    Kind = "residual", Skip = new SkipSection { Every = 2 }, Norm = "batch", Dropout = 0.2,
                },
            },
            "one member" => small with { Seeds = new SeedSection { First = 5 } },
            _ => small with
            {
                Precision = Precision.Float64,
                Data = small.Data with { Standardise = Standardisation.Feature },
                Model = small.Model with
                {
                    Activation = new ActivationSection { Forward = "relu" }, Init = new InitSection { Kind = "he-uniform" },
                },
            },
        };
    }

    private static string[] Without(StudyRun run, string table) =>
        [.. run.Dump().Where(row => !row.StartsWith(table, StringComparison.Ordinal))];

    /// <summary>A fact about flushing denormals; visibly skipped where that can't be switched.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithDenormalSwitchAttribute : FactAttribute
    {
        public FactWithDenormalSwitchAttribute()
        {
            if (!TorchBackend.Current.FlushDenormals(false)) Skip = "this TorchSharp has no switch for denormals";
        }
    }
}
