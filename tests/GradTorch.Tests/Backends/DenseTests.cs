using System.Runtime.InteropServices;
using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Quantities;
using GradTorch.Tests.Backends.Scan;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

/// <summary>The layer that is one operator, beside the same by autograd, operator after operator.</summary>
public sealed class DenseTests : IDisposable
{
    private const int Batch = 5, Inputs = 7;

    private readonly DisposeScope scope = NewDisposeScope();

    public DenseTests() => TorchBackend.Current.FlushDenormals(false);

    /// <summary>Every activation that kernels have built in; as many units as are done at once, fewer and more.</summary>
    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var name in ElmanNonlinearities.Names.Where(name => IsBuiltIn(ElmanNonlinearities.Create(name, 1))).Concat(SurrogateRegistry.Names))
            foreach (var (members, units) in ((int, int)[])[(1, 1), (3, 15), (1, 16), (3, 17), (2, 64)])
            {
                data.Add(name, members, units);
            }
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [TheoryWithBinding]
    [MemberData(nameof(Cases))]
    public void It_gives_and_records_what_its_parts_do(string name, int members, int units)
    {
        foreach (var (dtype, allowed) in ((ScalarType, double)[])[(float64, 1e-12), (float32, 2e-5)])
        {
            var g = Create(name, members);
            var (layer, twin, table) = (new Layer(members, units, dtype), new Layer(members, units, dtype), Table(members));
            var h = layer.Forward(g, Record(table, g));
            layer.Backward(h);
            var z = twin.Input.bmm(twin.Weight).add(twin.Bias);
            z.retain_grad();
            var a = g.Apply(z);
            a.retain_grad();
            twin.Backward(a);
            Close(a, h);
            foreach (var (theirs, ours) in twin.Gradients.Zip(layer.Gradients)) Close(theirs, ours);
            Expect(LayerQuantity.ActivationGradient, a.grad!, MeasureOracle.Norm);
            Expect(LayerQuantity.PreactivationGradient, z.grad!, MeasureOracle.Norm);
            // Where float32 rounds a tanh to 1 is a matter of its last bit.
            if (dtype == float64) Expect(LayerQuantity.ZeroGradient, z.grad!, x => MeasureOracle.Fraction(x, delta => delta == 0));
            Expect(LayerQuantity.ActivationMean, a, MeasureOracle.Mean);
            Expect(LayerQuantity.ActivationStd, a, MeasureOracle.Deviation);
            if (g.Saturation is var (low, high))
                Expect(LayerQuantity.Saturated, a, x => MeasureOracle.Fraction(x, value => value <= low || value >= high));
            else
                Assert.Equal(SaturatedSlopes(g, z, members), Column(table, LayerQuantity.Saturated));

            void Close(Tensor expected, Tensor actual) =>
                Arrays.AssertClose(HostCopy.Doubles(expected), HostCopy.Doubles(actual), allowed, allowed);

            void Expect(LayerQuantity quantity, Tensor tensor, Func<double[], double> measure) => Arrays.AssertClose(
                [.. HostCopy.Doubles(tensor).Chunk(Batch * units).Select(measure)], Column(table, quantity), allowed, allowed);
        }
    }

    [TheoryWithBinding]
    [MemberData(nameof(Cases))]
    public void Neither_a_record_nor_other_members_nor_strided_gradients_change_a_bit(string name, int members, int units)
    {
        var g = Create(name, members);
        var (plain, recorded, strided) =
            (new Layer(members, units, float32), new Layer(members, units, float32), new Layer(members, units, float32));
        var all = zeros([members, (Inputs + 1) * units + 3], float32);
        strided.Weight.grad = EnsembleParameters.View(all, 0, Inputs, units).fill_(2);
        strided.Bias.grad = EnsembleParameters.View(all, Inputs * units, 1, units).fill_(3);
        var outputs = new[] { plain.Forward(g, null), recorded.Forward(g, Record(Table(members), g)), strided.Forward(g, null) };
        foreach (var (layer, h) in new[] { plain, recorded, strided }.Zip(outputs)) layer.Backward(h);
        foreach (var other in (Layer[])[recorded, strided])
        foreach (var (expected, actual) in plain.Gradients.Zip(other.Gradients))
        {
            Assert.Equal(HostCopy.Doubles(expected), HostCopy.Doubles(actual));
        }
        Assert.All(outputs, h => Assert.Equal(HostCopy.Doubles(outputs[0]), HostCopy.Doubles(h)));

        var spoilt = new Layer(members, units, float32);
        using (no_grad()) spoilt.Weight[0].fill_(double.NaN);
        var table = Table(members);
        var h_S = spoilt.Forward(g, Record(table, g));
        spoilt.Backward(h_S);
        Assert.True(Column(table, LayerQuantity.Nonfinite)[0] > 0);
        for (var member = 1; member < members; member++)
        {
            Assert.Equal(HostCopy.Doubles(outputs[0][member]), HostCopy.Doubles(h_S[member]));
            foreach (var (expected, actual) in plain.Gradients.Zip(spoilt.Gradients))
                Assert.Equal(HostCopy.Doubles(expected[member]), HostCopy.Doubles(actual[member]));
            Assert.Equal(0, Column(table, LayerQuantity.Nonfinite)[member]);
        }
    }

    /// <summary>Tiny numbers among them: flushing is each thread's own.</summary>
    [TheoryWithBinding]
    [InlineData(false)]
    [InlineData(true)]
    public void The_number_of_threads_changes_no_bit(bool flush)
    {
        const int Members = 5, Units = 33;
        var g = ElmanNonlinearities.Create("tanh", Members);
        Threads.AssertTheSame(
            () =>
            {
                var (layer, table) = (new Layer(Members, Units, float32), Table(Members));
                using (no_grad()) layer.Weight.mul_(1e-30);
                var h = layer.Forward(g, Record(table, g));
                layer.Backward(h * 1e-12);
                return [.. layer.Gradients.Append(h).Append(table).SelectMany(HostCopy.Doubles)];
            },
            flush);
    }

    [TheoryWithBinding]
    [InlineData("features")]
    [InlineData("members")]
    [InlineData("bias")]
    [InlineData("precision")]
    public void What_does_not_fit_is_refused(string wrong)
    {
        var layer = new Layer(3, 4, float64);
        var (x, bias) = wrong switch
        {
            "features" => (zeros([3, Batch, Inputs + 1], float64), layer.Bias),
            "members" => (zeros([2, Batch, Inputs], float64), layer.Bias),
            "bias" => (layer.Input, zeros([3, 1, 3], float64)),
            _ => (zeros([3, Batch, Inputs], float32), layer.Bias),
        };
        Assert.Throws<ExternalException>(() => TorchBackend.Current.Dense(x, null, [new DenseUnit(layer.Weight, bias, new Nonlinearity(new Tanh()), null)]));
    }

    [TheoryWithBinding]
    [InlineData("gelu")]
    [InlineData("prelu")]
    public void What_kernels_have_not_goes_step_by_step(string name)
    {
        var layer = new Layer(2, 4, float64);
        Assert.Null(layer.Forward(ElmanNonlinearities.Create(name, 2), null));
    }

    /// <summary>A surrogate stands behind ReLU, with a scale of each member.</summary>
    private static Nonlinearity Create(string name, int members) => !SurrogateRegistry.Names.Contains(name)
        ? ElmanNonlinearities.Create(name, members)
        : new Nonlinearity(new ReLU(), SurrogateRegistry.Find(name).Surrogate, new MemberValues(
            [.. Enumerable.Range(1, members).Select(number => SurrogateRegistry.Find(name).DefaultScale * (0.8 + 0.1 * number))]));

    private static double[] SaturatedSlopes(Nonlinearity g, Tensor z, int members) =>
    [
        .. HostCopy.Doubles(g.Slope(z)).Chunk((int)z[0].numel()).Take(members).Select((slopes, member) => MeasureOracle.Fraction(
            slopes, slope => Math.Abs(slope) <= Activation.SaturatedSlope * g.LargestSlope(member))),
    ];

    private static bool IsBuiltIn(Nonlinearity g) => g is { Backward: null, Forward.BuiltIn: not null, Saturation: not null };

    private static Tensor Table(int members) => zeros([members, 1, LayerQuantities.Count], float64);

    private static LayerRecord Record(Tensor table, Nonlinearity g) =>
        new(new TableRow(table, 0), TorchBackend.Current.Measures(CPU), g.Saturation, SlopeSaturation.Of(g, table.shape[0]));

    private static double[] Column(Tensor table, LayerQuantity quantity) => HostCopy.Doubles(table.select(2, (long)quantity));

    /// <summary>A layer whose weight gradients are 2 and bias gradients 3 before backward.</summary>
    private sealed class Layer
    {
        private readonly Tensor upstream;

        public Layer(int members, int units, ScalarType dtype)
        {
            Input = Arrays.Normal(1, members * Batch * Inputs).ToTensor(dtype, members, Batch, Inputs).requires_grad_();
            Weight = Arrays.Normal(2, members * Inputs * units).ToTensor(dtype, members, Inputs, units).requires_grad_();
            Bias = Arrays.Normal(3, members * units).ToTensor(dtype, members, 1, units).requires_grad_();
            (Weight.grad, Bias.grad) = (full_like(Weight.detach(), 2), full_like(Bias.detach(), 3));
            upstream = Arrays.Normal(4, members * Batch * units).ToTensor(dtype, members, Batch, units);
        }

        public Tensor Input { get; }

        public Tensor Weight { get; }

        public Tensor Bias { get; }

        public Tensor[] Gradients => [Input.grad!, Weight.grad!, Bias.grad!];

        public Tensor Forward(Nonlinearity g, LayerRecord? record) =>
            TorchBackend.Current.Dense(Input, null, [new DenseUnit(Weight, Bias, g, record)])!;

        public void Backward(Tensor output) => (output * upstream).sum().backward();
    }
}
