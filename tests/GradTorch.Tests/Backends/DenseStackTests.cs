using System.Runtime.InteropServices;
using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

/// <summary>Layers and skip paths that are one operator, beside the same by autograd, operator after operator.</summary>
public sealed class DenseStackTests : IDisposable
{
    private const int Members = 3, Batch = 5, Width = 18, Depth = 6;

    private readonly DisposeScope scope = NewDisposeScope();

    public DenseStackTests() => TorchBackend.Current.FlushDenormals(false);

    public void Dispose() => scope.Dispose();

    /// <summary>In float64, where what differs is an error and not rounding. Every row of the record is that of its own layer.</summary>
    [TheoryWithBinding]
    [InlineData(0, true, 1.0)]
    [InlineData(1, true, 1.0)]
    [InlineData(2, true, 0.7)]
    [InlineData(3, true, -0.4)]
    [InlineData(1, false, 0.7)]
    [InlineData(2, false, 1.0)]
    [InlineData(3, false, -0.4)]
    public void It_gives_and_records_what_its_parts_do(int every, bool before, double scale)
    {
        Nonlinearity[] gs =
        [
            new(new Tanh()), new(new ReLU()), new(new Tanh(new MemberValues([1, 2, 0.5]))), new(new Sigmoid()), new(new Identity()),
            new(new Tanh()),
        ];
        var (ours, twin, table) = (new Net(), new Net(), zeros([Members, Depth, LayerQuantities.Count], float64));
        SkipJunction? At(int index) => every > 0 && (index + 1) % every == 0 ? new SkipJunction(before, scale) : null;
        var measures = TorchBackend.Current.Measures(CPU);
        var a = TorchBackend.Current.Dense(ours.Input, every > 0 ? ours.Skipped : null, [.. gs.Select((g, index) => new DenseUnit(
            ours.Weights[index], ours.Biases[index], g, new LayerRecord(new TableRow(table, index), measures, g.Saturation), At(index)))])!;
        ours.Backward(a);

        var (h, r) = (twin.Input, twin.Skipped);
        var (entering, activations) = (new List<Tensor>(), new List<Tensor>());
        for (var index = 0; index < Depth; index++)
        {
            var z = h.bmm(twin.Weights[index]).add(twin.Biases[index]);
            if (At(index) is { BeforeActivation: true }) z = r = r + scale * z;
            z.retain_grad();
            var g = gs[index].Apply(z);
            g.retain_grad();
            h = At(index) is { BeforeActivation: false } ? r = r + scale * g : g;
            entering.Add(z);
            activations.Add(g);
        }
        twin.Backward(h);

        Close(h, a);
        foreach (var (theirs, mine) in twin.Gradients(every > 0).Zip(ours.Gradients(every > 0))) Close(theirs, mine);
        for (var index = 0; index < Depth; index++)
        {
            Expect(index, LayerQuantity.PreactivationGradient, entering[index].grad!, MeasureOracle.Norm);
            Expect(index, LayerQuantity.ZeroGradient, entering[index].grad!, x => MeasureOracle.Fraction(x, delta => delta == 0));
            Expect(index, LayerQuantity.ActivationGradient, activations[index].grad!, MeasureOracle.Norm);
            Expect(index, LayerQuantity.ActivationMean, activations[index], MeasureOracle.Mean);
            Expect(index, LayerQuantity.ActivationStd, activations[index], MeasureOracle.Deviation);
        }

        static void Close(Tensor expected, Tensor actual) =>
            Arrays.AssertClose(HostCopy.Doubles(expected), HostCopy.Doubles(actual), 1e-12, 1e-12);

        void Expect(int index, LayerQuantity quantity, Tensor tensor, Func<double[], double> measure) => Arrays.AssertClose(
            [.. HostCopy.Doubles(tensor).Chunk(Batch * Width).Select(measure)],
            HostCopy.Doubles(table[TensorIndex.Colon, index, (int)quantity]), 1e-12, 1e-12);
    }

    [TheoryWithBinding]
    [InlineData("changed between forward and backward")]
    [InlineData("must join at the last layer")]
    public void What_would_go_wrong_is_refused(string message)
    {
        var net = new Net();
        var failure = Assert.Throws<ExternalException>(() =>
        {
            var joinless = message.Contains("join", StringComparison.Ordinal) ? net.Skipped : null;
            var a = TorchBackend.Current.Dense(net.Input, joinless, net.Units())!;
            using (no_grad()) net.Weights[2].add_(1);
            net.Backward(a);
        });
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A stack whose weight gradients are 2 before backward.</summary>
    private sealed class Net
    {
        private readonly Tensor upstream = Normal(9, Batch, Width);

        public Tensor Input { get; } = Normal(1, Batch, Width).requires_grad_();

        public Tensor Skipped { get; } = Normal(2, Batch, Width).requires_grad_();

        public Tensor[] Weights { get; } = [.. Enumerable.Range(0, Depth).Select(index => Parameter(10 + index, Width))];

        public Tensor[] Biases { get; } = [.. Enumerable.Range(0, Depth).Select(index => Parameter(20 + index, 1))];

        public DenseUnit[] Units() => [.. Weights.Zip(Biases, (weight, bias) => new DenseUnit(weight, bias, new Nonlinearity(new Tanh()), null))];

        public void Backward(Tensor output) => (output * upstream).sum().backward();

        public Tensor[] Gradients(bool skips) =>
        [
            Input.grad!, .. skips ? [Skipped.grad!] : Array.Empty<Tensor>(), .. Weights.Concat(Biases).Select(parameter => parameter.grad!),
        ];

        private static Tensor Normal(int seed, int rows, int columns) =>
            Arrays.Normal(seed, Members * rows * columns).ToTensor(float64, Members, rows, columns);

        private static Tensor Parameter(int seed, int rows)
        {
            var parameter = Normal(seed, rows, Width).mul(0.4).requires_grad_();
            parameter.grad = full_like(parameter.detach(), 2);
            return parameter;
        }
    }
}
