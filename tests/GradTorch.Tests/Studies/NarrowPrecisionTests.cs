using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>Layers that compute in bfloat16 on float32 weights.</summary>
public sealed class NarrowPrecisionTests : IDisposable
{
    /// <summary>Of 8 bits of mantissa, and of a few roundings one after the other.</summary>
    private const double Unit = 1.0 / 256, Rounded = 8 * Unit;

    private readonly SmallImages images = new();
    private readonly TemporaryFolder folder = new();

    public static TheoryData<Precision, string, string> Nets => new()
    {
        { Precision.Bfloat16, "mlp", "none" }, { Precision.Bfloat16, "mlp", "layer" }, { Precision.Bfloat16, "mlp", "batch" },
        { Precision.Bfloat16, "residual", "none" }, { Precision.Float16, "mlp", "none" }, { Precision.Float16, "residual", "none" },
    };

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void A_net_learns_as_in_float32_and_records_what_it_records_there(Precision precision, string kind, string norm)
    {
        var experiment = Narrow(precision, kind, norm);
        var (narrow, full) = (StudyRun.Of(experiment), StudyRun.Of(experiment with { Precision = Precision.Float32 }));

        var (losses, expected) = (narrow.Scalars(0, "loss"), full.Scalars(0, "loss"));
        Assert.Equal(expected.Length, losses.Length);
        Assert.True(losses[^3..].Average() < 0.8 * losses[..3].Average(), $"{losses[0]} to {losses[^1]}");
        Assert.InRange(losses[0], expected[0] * (1 - Rounded), expected[0] * (1 + Rounded));
        Assert.NotEqual(expected[0], losses[0]);
        // The first step's, for later ones are those of other weights.
        var ratios = First(narrow).Zip(First(full), (mine, theirs) => mine / theirs).ToArray();
        Assert.NotEmpty(ratios);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 1 - 4 * Rounded, 1 + 4 * Rounded));
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void What_is_recorded_changes_no_bit(Precision precision, string kind, string norm)
    {
        var experiment = Narrow(precision, kind, norm);
        Assert.Equal(
            Bits.Of(StudyRun.Of(experiment with { Gradients = new GradientSection { Every = 0 } }).Weights),
            Bits.Of(StudyRun.Of(experiment).Weights));
    }

    [Fact]
    public void A_layer_rounds_inputs_weights_and_what_comes_of_them_and_its_weights_stay_float32()
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(Narrow(Precision.Bfloat16, "mlp", "none"));
        using var scope = NewDisposeScope();
        var layer = prepared.Model.Layers[0].Linear;
        var x = prepared.Data.Train.Gather(prepared.Order.Next()).Inputs;

        var z = layer.call(x);

        Tensor Round(Tensor tensor) => tensor.detach().to(bfloat16).to(float32);
        Assert.Equal(HostCopy.Doubles(Round(z)), HostCopy.Doubles(z.detach()));
        Assert.Equal(float32, layer.Weight.dtype);
        Assert.NotEqual(HostCopy.Doubles(Round(layer.Weight)), HostCopy.Doubles(layer.Weight.detach()));
        var exact = bmm(Round(x).to(float64), Round(layer.Weight).to(float64)).add(Round(layer.Bias).to(float64));
        Arrays.AssertClose(HostCopy.Doubles(exact), HostCopy.Doubles(z.detach().to(float64)), Unit, 1e-6);
        Assert.Equal(float32, prepared.Model.Outputs(prepared.Data.Train.Gather(prepared.Order.Next())).dtype);
    }

    [Fact]
    public void That_it_is_slow_on_the_CPU_is_said()
    {
        using var process = new StudyRun.ProcessSettings();
        var said = new List<string>();
        using var prepared = PreparedExperiment.Of(Narrow(Precision.Bfloat16, "mlp", "none"), said.Add);
        Assert.Equal(["precision bfloat16 on the CPU is for trying out: it is slower there than float32"], said);
    }

    [Theory]
    [InlineData("elman")]
    [InlineData("gru")]
    public void Recurrent_nets_are_refused_it(string kind)
    {
        var experiment = StudyRun.Rows(images, folder.Path, kind) with { Precision = Precision.Bfloat16 };
        var refused = Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment));
        Assert.Equal(
            $"experiment: precision: found 'bfloat16', in which only mlp, residual compute, and model:kind is '{kind}'; allowed here: float32, tf32, float64",
            refused.Message);
    }

    [Fact]
    public void What_would_underflow_in_float16_does_not_where_the_loss_is_scaled()
    {
        // Gradients shrink by a few hundred from the last of these layers to the first.
        var experiment = Narrow(Precision.Float16, "mlp", "none");
        experiment = experiment with
        {
            Model = experiment.Model with { Depth = 8, Activation = new ActivationSection { Forward = "sigmoid" } },
            Training = experiment.Training with { Steps = 3 },
        };
        var (narrow, full) = (StudyRun.Of(experiment), StudyRun.Of(experiment with { Precision = Precision.Float32 }));

        Assert.All(narrow.Scalars(0, "loss_scale"), scale => Assert.Equal(65536, scale));
        Assert.All(narrow.Scalars(0, "left_out"), leftOut => Assert.Equal(0, leftOut));
        Assert.Empty(full.Scalars(0, "loss_scale"));
        var (first, expected) = (FirstLayer(narrow), FirstLayer(full));
        // The smallest numbers of float16 are 6e-8: most of these would be 0, and the rest in steps of that.
        Assert.InRange(expected[LayerQuantity.PreactivationGradient] / Math.Sqrt(32 * 16), 0, 3e-7);
        Assert.InRange(
            first[LayerQuantity.PreactivationGradient] / expected[LayerQuantity.PreactivationGradient], 1 - Rounded, 1 + Rounded);
        Assert.Equal(0, first[LayerQuantity.ZeroGradient]);
    }

    [Fact]
    public void An_update_that_overflows_is_left_out_and_the_scale_halves_until_it_does_not()
    {
        var experiment = Narrow(Precision.Float16, "mlp", "none");
        experiment = experiment with
        {
            Model = experiment.Model with
            {
                Activation = new ActivationSection { Forward = "relu" }, Init = new InitSection { Kind = "he-normal", Gain = 6 },
            },
            Seeds = experiment.Seeds with { Count = 1 },
            Training = experiment.Training with { Optimizer = new OptimizerSection { Lr = 1e-7 } },
        };
        var run = StudyRun.Of(experiment);

        var (scales, leftOut) = (run.Scalars(0, "loss_scale"), run.Scalars(0, "left_out"));
        Assert.Equal(1, leftOut[0]);
        Assert.All(leftOut[^10..], value => Assert.Equal(0, value));
        Assert.Equal(65536, scales[0]);
        for (var step = 1; step < scales.Length; step++) Assert.Equal(leftOut[step - 1] == 1 ? scales[step - 1] / 2 : scales[step - 1], scales[step]);
        var norms = run.Scalars(0, "gradient_norm");
        var updates = run.Read(reader => reader.LayerGradients()).Where(row => row is { Member: 0, Layer: 1 }).OrderBy(row => row.Step)
            .Select(row => row[LayerQuantity.Update]).ToArray();
        for (var step = 0; step < leftOut.Length; step++)
        {
            Assert.Equal(leftOut[step] == 1, !double.IsFinite(norms[step]));
            Assert.Equal(leftOut[step] == 1, updates[step] == 0);
        }
        Assert.Empty(run.Outcome.Divergences);
    }

    private static LayerGradientRow FirstLayer(StudyRun run) =>
        run.Read(reader => reader.LayerGradients()).First(row => row is { Step: 0, Member: 0, Layer: 1 });

    /// <summary>Of all members and layers, at the first record.</summary>
    private static double[] First(StudyRun run) =>
    [
        .. run.Read(reader => reader.LayerGradients()).Where(row => row.Step == 0).OrderBy(row => (row.Member, row.Layer)).SelectMany(row => new[]
        {
            row[LayerQuantity.WeightGradient], row[LayerQuantity.PreactivationGradient], row[LayerQuantity.ActivationGradient],
            row[LayerQuantity.ActivationStd], row[LayerQuantity.Weight],
        }),
    ];

    private Experiment Narrow(Precision precision, string kind, string norm)
    {
        var small = StudyRun.Small(images, folder.Path);
        return small with { Precision = precision, Model = small.Model with { Kind = kind, Norm = norm } };
    }
}
