using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Quantities;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class JointCountsTests : IDisposable
{
    private const double ZWidth = 0.5, WeightWidth = 0.05;

    private readonly DisposeScope scope = NewDisposeScope();

    public JointCountsTests() => TorchBackend.Current.FlushDenormals(false);

    public void Dispose() => scope.Dispose();

    public static TheoryData<string, string, double> Cases => new()
    {
        { "mlp", "relu", 1 }, { "mlp", "tanh", 1e-20 }, { "residual", "sigmoid", 1e-27 }, { "elman", "tanh", 1 }, { "gru", "tanh", 1e3 }, { "mlp", "tanh", double.NaN },
    };

    /// <summary>What is watched is held to autograd elsewhere; here it is counted once more, element by element.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_element_is_in_the_cell_where_an_oracle_puts_it(string kind, string activation, double factor)
    {
        using var net = new MeasuredNet(new ModelSection { Kind = kind, Activation = new ActivationSection { Forward = activation } }, float32);
        Tensor Loss() => net.Loss() * factor;
        using var measurements = new StepMeasurements(net.Model, ["joint"]);
        measurements.Measure(Loss);
        measurements.Measure(Loss); // It counts anew.

        var (measured, counts) = (MeasuredNet.Read(measurements), Cells(measurements.Joint!));
        using var step = new RepeatedStep(net.Model);
        step.Run(Repetition.Same, Loss, () =>
        {
            var layers = net.Model.RecurrentLayers.Concat<GradTorch.Models.ILayerParameters>(net.Model.Layers.Select(layer => layer.Linear)).ToList();
            for (var layer = 0; layer < layers.Count; layer++)
            for (var member = 0; member < MeasuredNet.Members; member++)
            {
                double[] Own(Tensor tensor) => HostCopy.Doubles(tensor[member]);
                var (z, delta) = (Own(step.Watches[layer].Preactivations()), Own(step.Watches[layer].Gradients()));
                var (weight, gradient) = (Own(layers[layer].WeightIn(net.Model.Parameters.Values)), Own(layers[layer].WeightIn(net.Model.Parameters.Gradients)));
                Assert.Equal(JointOracle.Count(z, delta, ZWidth), counts[(member, layer, 0)]);
                Assert.Equal(JointOracle.Count(weight, gradient, WeightWidth), counts[(member, layer, 1)]);
                Assert.Equal(JointOracle.Correlation(z, delta), measured[(member, layer + 1, JointCounts.ActivationCorrelation)], 1e-9);
                Assert.Equal(JointOracle.Correlation(weight, gradient), measured[(member, layer + 1, JointCounts.WeightCorrelation)], 1e-9);
            }
        });
        // The case is what it is for.
        var all = counts.Values.SelectMany(cells => cells.Keys).ToList();
        if (activation == "relu") Assert.Contains(all, cell => cell.Gradient == 0);
        if (factor == 1e-27) Assert.Contains(all, cell => cell.Gradient == 1);
        if (factor == 1e3) Assert.Contains(all, cell => cell.Gradient == 16);
        if (double.IsNaN(factor)) Assert.Contains(all, cell => cell.Gradient == 17);
    }

    /// <summary>Edges themselves, their neighbours, zeros and what is not finite.</summary>
    [Fact]
    public void Numbers_at_the_edges_lie_on_their_side()
    {
        double[] x =
        [
            .. Enumerable.Range(-8, 17).Select(edge => (float)(edge * ZWidth)).SelectMany(edge => new double[] { edge, MathF.BitIncrement(edge), MathF.BitDecrement(edge) }),
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e30,
        ];
        double[] g =
        [
            .. Enumerable.Range(-19, 20).Select(power => float.Parse($"1e{2 * power}", System.Globalization.CultureInfo.InvariantCulture)).SelectMany(edge =>
                new double[] { edge, -MathF.BitIncrement(edge), MathF.BitDecrement(edge) }),
            0, double.NaN, double.NegativeInfinity, float.MaxValue,
        ];
        var pairs = x.SelectMany(_ => g, (one, other) => (X: one, G: other)).ToList();
        double[] values = [.. pairs.Select(pair => pair.X)], gradients = [.. pairs.Select(pair => pair.G)];
        using var net = new MeasuredNet(new ModelSection(), float32);
        using var joint = new JointCounts(net.Model);
        using var step = new RepeatedStep(net.Model);
        Tensor Rows(double[] numbers) => numbers.ToTensor(float32, 1, 1, 1, numbers.Length).expand(MeasuredNet.Members, 1, 1, numbers.Length);
        foreach (var watch in step.Watches)
        {
            watch.SeeScan(Rows(values), null);
            watch.SeeScanBack(Rows(gradients));
        }
        joint.Measure(step, zeros([MeasuredNet.Members, joint.Places.Count], float64));

        Assert.Equal(JointOracle.Count(values, gradients, ZWidth), Cells(joint)[(1, 2, 0)]);
    }

    /// <summary>Sequences of other lengths: what comes after an end is in no cell.</summary>
    [Fact]
    public void Rows_after_the_end_of_their_sequence_count_for_nothing()
    {
        using var net = new MeasuredNet(new ModelSection { Kind = "elman" }, ends: true);
        using var measurements = new StepMeasurements(net.Model, ["joint"]);
        measurements.Measure(net.Loss);

        // Lengths 1, 3, 5, 2, 4, 1: of the first member 16 timesteps of 7 units.
        Assert.Equal(16 * 7, Cells(measurements.Joint!)[(0, 0, 0)].Values.Sum());
    }

    [Fact]
    public void Bins_say_where_they_begin_and_end()
    {
        Assert.Equal([-3.5, 0, 3.5], new[] { 1, 8, 15 }.Select(JointGrid.Activation.LowX));
        Assert.Equal([-0.35, 0, 0.35], new[] { 1, 8, 15 }.Select(JointGrid.Weight.LowX));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (JointGrid.Weight.LowX(0), JointGrid.Weight.HighX(15)));
        Assert.Equal([double.NegativeInfinity, -28, -26, 0], new[] { 1, 2, 3, 16 }.Select(JointGrid.LowExponent));
        Assert.Equal([-28, 0, double.PositiveInfinity], new[] { 1, 15, 16 }.Select(JointGrid.HighExponent));
    }

    /// <summary>What holds something, by member, layer from 0, and pair.</summary>
    private static Dictionary<(int Member, int Layer, int Pair), Dictionary<(int X, int Gradient), long>> Cells(JointCounts joint)
    {
        var (counts, layers) = (HostCopy.Doubles(joint.Counts).Chunk(JointGrid.Cells).ToList(), (int)joint.Counts.shape[1]);
        return counts.Select((cells, index) => (index, cells)).ToDictionary(
            own => (own.index / 2 / layers, own.index / 2 % layers, own.index % 2),
            own => own.cells.Select((count, cell) => (count, cell)).Where(one => one.count > 0)
                .ToDictionary(one => (one.cell / JointGrid.CountGradients, one.cell % JointGrid.CountGradients), one => (long)one.count));
    }
}
