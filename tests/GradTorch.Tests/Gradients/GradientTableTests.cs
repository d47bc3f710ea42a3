using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients;

public sealed class GradientTableTests : IDisposable
{
    private const string Small = "shallow tanh 1 0.01 float32";

    /// <summary>How often its tanh is exactly 1, and δ so exactly 0, is a matter of the last digit of libtorch's tanh.</summary>
    private const string Steep = "shallow tanh 2.5 0.01 float32", DeepSigmoid = "deep sigmoid 1 0.01 float32";

    private readonly DisposeScope scope = NewDisposeScope();

    // PyTorch's numbers were made without flushing.
    public GradientTableTests() => GradTorch.Backends.TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string, string> Cases => BackendNames.With(GradientCase.Names.Where(name => name != Steep));

    public static TheoryData<string, string> SteepCases => BackendNames.With<string>([Steep]);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_columns_are_those_that_PyTorch_was_asked_for() =>
        Assert.Equal(GradientCase.Columns, LayerQuantities.Columns);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_column_of_every_layer_and_member_is_that_of_PyTorch(string backend, string name) => AssertFixture(backend, name);

    [TheoryOnLibtorch113]
    [MemberData(nameof(SteepCases))]
    public void Every_column_of_a_steep_net_is_that_of_its_own_PyTorch(string backend, string name) => AssertFixture(backend, name);

    private static void AssertFixture(string backend, string name)
    {
        using var network = new GradientCase(name);
        var actual = network.RecordStep(BackendNames.Create(backend));
        Assert.Equal(network.Rows.Length, actual.Length);
        // Where a steep float32 tanh becomes 1, and what the last bits of 40 layers of sigmoids add up to, is another in our kernels.
        var crossing = name == Steep ? 2 : 1;
        var relative = network.Precision == float64 ? 1e-9 : name == DeepSigmoid ? 2e-5 : 1e-5;
        for (var row = 0; row < actual.Length; row += LayerQuantities.Count)
        {
            foreach (var quantity in LayerQuantities.All)
            {
                var (expected, value) = (network.Rows[row + (int)quantity], actual[row + (int)quantity]);
                var allowed = quantity switch
                {
                    // Elements on the other side of their bound.
                    LayerQuantity.Saturated or LayerQuantity.ZeroGradient => (double)crossing / (network.Batch * network.Width) + 1e-12,
                    LayerQuantity.Nonfinite => 0,
                    // A mean near zero is a difference of large sums.
                    LayerQuantity.ActivationMean => relative * (Math.Abs(expected) + network.Rows[row + (int)LayerQuantity.ActivationStd]),
                    _ => relative * expected,
                };
                Assert.True(
                    Math.Abs(expected - value) <= allowed,
                    FormattableString.Invariant($"row {row / LayerQuantities.Count}, {quantity}: PyTorch {expected:R}, here {value:R}"));
            }
        }
    }

    [Fact]
    public void The_deep_sigmoid_net_has_gradients_whose_squares_no_float32_holds()
    {
        using var network = new GradientCase(DeepSigmoid);
        Assert.InRange(network.Rows[(int)LayerQuantity.PreactivationGradient], 1e-30, 1e-24);
    }

    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Recording_changes_no_bit_of_outputs_and_gradients(string backend)
    {
        using var network = new GradientCase(Small);
        var (outputs, gradients) = Pass(network);
        using var table = new GradientTable(network.Model, BackendNames.Create(backend));
        foreach (var recording in (bool[])[false, true])
        {
            if (recording) table.Begin();
            var (recordedOutputs, recordedGradients) = Pass(network, recording ? table : null);
            Assert.Equal(outputs, recordedOutputs);
            Assert.Equal(gradients, recordedGradients);
        }
        table.MeasureGradients();
        Assert.NotEqual(0, HostCopy.Doubles(table.Values)[(int)LayerQuantity.PreactivationGradient]);
    }

    [Fact]
    public void While_it_is_not_recording_layers_hand_on_what_they_get()
    {
        using var network = new GradientCase(Small);
        Tensor? intoActivation = null, fromActivation = null, fromOutput = null;
        var (layer, output) = (network.Model.Layers[0], network.Model.Layers[^1]);
        layer.Activation!.register_forward_hook((_, _, a) => fromActivation = a);
        output.Linear.register_forward_hook((_, _, z) => fromOutput = z);
        using var table = new GradientTable(network.Model, GradTorch.Backends.TorchBackend.Current);
        layer.Activation.register_forward_pre_hook((_, entering) => intoActivation = entering);
        var z = layer.Linear.call(network.Inputs);
        var a = layer.Activation.call(z);
        Assert.Same(z, intoActivation);
        Assert.Same(fromActivation, a);
        var logits = output.Linear.call(a);
        Assert.Same(fromOutput, logits);
        network.ForwardAndBackward();
        Assert.All(HostCopy.Doubles(table.Values), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Disposing_of_it_ends_a_recording_under_way()
    {
        using var network = new GradientCase(Small);
        var (outputs, gradients) = Pass(network);
        var table = new GradientTable(network.Model, GradTorch.Backends.TorchBackend.Current);
        table.Begin();
        table.Dispose();
        // What was left would write into a tensor that is gone.
        var (after, gradientsAfter) = Pass(network);
        Assert.Equal(outputs, after);
        Assert.Equal(gradients, gradientsAfter);
    }

    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void A_NaN_of_one_member_touches_no_row_of_another(string backend)
    {
        using var clean = new GradientCase(Small);
        using var spoilt = new GradientCase(Small);
        using (no_grad()) spoilt.Model.Layers[2].Linear.Weight[1, 0, 0] = float.NaN;
        var (expected, actual) = (clean.RecordStep(BackendNames.Create(backend)), spoilt.RecordStep(BackendNames.Create(backend)));
        var size = expected.Length / GradientCase.Members;
        Assert.Equal(expected[..size], actual[..size]);
        Assert.Equal(expected[(2 * size)..], actual[(2 * size)..]);
        Assert.All(
            actual[size..(2 * size)].Chunk(LayerQuantities.Count), layer => Assert.True(layer[(int)LayerQuantity.Nonfinite] > 0));
        // Forward is sound up to the second layer.
        Assert.True(double.IsFinite(actual[size + LayerQuantities.Count + (int)LayerQuantity.ActivationMean]));
        Assert.False(double.IsFinite(actual[size + 2 * LayerQuantities.Count + (int)LayerQuantity.ActivationMean]));
    }

    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void A_second_record_holds_nothing_of_the_first(string backend)
    {
        using var network = new GradientCase(Small);
        using var table = new GradientTable(network.Model, BackendNames.Create(backend));
        double[] Record()
        {
            table.Begin();
            network.ForwardAndBackward(table);
            table.MeasureGradients();
            return HostCopy.Doubles(table.Values);
        }
        var first = Record();
        Assert.Equal(first, Record());
    }

    private static (double[] Outputs, double[] Gradients) Pass(GradientCase network, GradientTable? table = null) =>
        (HostCopy.Doubles(network.ForwardAndBackward(table)), HostCopy.Doubles(network.Model.Parameters.Gradients));
}
