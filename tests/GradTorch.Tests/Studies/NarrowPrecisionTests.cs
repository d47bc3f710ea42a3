using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Quantities;
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

    public static TheoryData<string, string> Nets => new()
    {
        { "mlp", "none" }, { "mlp", "layer" }, { "mlp", "batch" }, { "residual", "none" },
    };

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Nets))]
    public void A_net_learns_as_in_float32_and_records_what_it_records_there(string kind, string norm)
    {
        var experiment = Narrow(kind, norm);
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
    public void What_is_recorded_changes_no_bit(string kind, string norm)
    {
        var experiment = Narrow(kind, norm);
        Assert.Equal(
            Bits.Of(StudyRun.Of(experiment with { Gradients = new GradientSection { Every = 0 } }).Weights),
            Bits.Of(StudyRun.Of(experiment).Weights));
    }

    [Fact]
    public void A_layer_rounds_inputs_weights_and_what_comes_of_them_and_its_weights_stay_float32()
    {
        using var process = new StudyRun.ProcessSettings();
        using var prepared = PreparedExperiment.Of(Narrow("mlp", "none"));
        using var scope = NewDisposeScope();
        var layer = prepared.Model.Layers[0].Linear;
        var x = prepared.Data.Train.Gather(prepared.Order.Next()).Inputs;

        var z = layer.call(x);

        Tensor Round(Tensor tensor) => tensor.detach().to(bfloat16).to(float32);
        Assert.Equal((bfloat16, float32), (z.dtype, layer.Weight.dtype));
        var exact = bmm(Round(x).to(float64), Round(layer.Weight).to(float64)).add(Round(layer.Bias).to(float64));
        Arrays.AssertClose(HostCopy.Doubles(exact), HostCopy.Doubles(z.detach().to(float64)), Unit, 1e-6);
        Assert.Equal(float32, prepared.Model.Outputs(prepared.Data.Train.Gather(prepared.Order.Next())).dtype);
    }

    [Fact]
    public void That_it_is_slow_on_the_CPU_is_said()
    {
        using var process = new StudyRun.ProcessSettings();
        var said = new List<string>();
        using var prepared = PreparedExperiment.Of(Narrow("mlp", "none"), said.Add);
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

    /// <summary>Of all members and layers, at the first record.</summary>
    private static double[] First(StudyRun run) =>
    [
        .. run.Read(reader => reader.LayerGradients()).Where(row => row.Step == 0).OrderBy(row => (row.Member, row.Layer)).SelectMany(row => new[]
        {
            row[LayerQuantity.WeightGradient], row[LayerQuantity.PreactivationGradient], row[LayerQuantity.ActivationGradient],
            row[LayerQuantity.ActivationStd], row[LayerQuantity.Weight],
        }),
    ];

    private Experiment Narrow(string kind, string norm)
    {
        var small = StudyRun.Small(images, folder.Path);
        return small with { Precision = Precision.Bfloat16, Model = small.Model with { Kind = kind, Norm = norm } };
    }
}
