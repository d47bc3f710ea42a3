using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Gradients;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Measures;

/// <summary>Many layers of a step, measured together or not, against each of them alone.</summary>
public sealed class LayerMeasuresTests : IDisposable
{
    private const int Members = 3, Quantities = 9, Layers = 12, Skipped = 3;
    private const int Norm = 0, Nonfinite = 1, Change = 2, Mean = 3, Deviation = 4, Saturated = 5, Tapped = 6, Zeros = 7, Left = 8;
    private const double Low = -0.5, High = 1.25;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor table = zeros([Members, Layers, Quantities], float64);

    // Denormal numbers are part of these tests, whatever ran on this thread before.
    public LayerMeasuresTests() => TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string, ScalarType> Precisions => MeasuresNames.With(float32, float64);

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Precisions))]
    public void Every_layer_has_the_figures_that_it_has_alone(string kind, ScalarType dtype)
    {
        var layers = Enumerable.Range(0, Layers).Select(layer => Values(layer, dtype)).ToArray();
        Record(kind, layers);
        foreach (var layer in Every())
        {
            for (var member = 0; member < Members; member++)
            {
                var x = HostCopy.Doubles(layers[layer][member]);
                Expect(MeasureOracle.Norm(x), layer, member, Norm);
                Expect(2 * MeasureOracle.Norm(x), layer, member, Tapped);
                Expect(MeasureOracle.Norm([.. x.Zip(HostCopy.Doubles(Before(layers[layer])[member]), (now, before) => now - before)]), layer, member, Change);
                Expect(MeasureOracle.Mean(x), layer, member, Mean, 1e-13 * MeasureOracle.Norm(x));
                Expect(MeasureOracle.Deviation(x), layer, member, Deviation);
                Expect(MeasureOracle.Fraction(x, a => a is <= Low or >= High), layer, member, Saturated);
                Expect(MeasureOracle.Fraction(x, gradient => gradient == 0), layer, member, Zeros);
                Expect(0, layer, member, Nonfinite);
                Expect(0, layer, member, Left);
            }
        }
        Assert.Equal(new double[Members * Quantities], HostCopy.Doubles(table.select(1, Skipped)));
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void What_is_not_finite_is_counted_with_its_layer_and_member_and_touches_no_other(string kind, ScalarType dtype)
    {
        var layers = Enumerable.Range(0, Layers).Select(layer => Values(layer, dtype)).ToArray();
        Record(kind, layers);
        var clean = HostCopy.Doubles(table);
        table.zero_();
        var (spoilt, first) = (layers[1][1].flatten(), layers[7][2].flatten());
        (spoilt[0], spoilt[4], first[2]) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        Record(kind, layers);
        // As a weight, as an activation, and as a gradient.
        Assert.Equal((6, 3), (At(1, 1, Nonfinite), At(7, 2, Nonfinite)));
        foreach (var quantity in (int[])[Norm, Change, Mean, Tapped])
        {
            Assert.False(double.IsFinite(At(1, 1, quantity)));
            Assert.False(double.IsFinite(At(7, 2, quantity)));
        }
        var figures = HostCopy.Doubles(table);
        for (var i = 0; i < figures.Length; i++)
        {
            var (member, layer) = (i / (Layers * Quantities), i / Quantities % Layers);
            if ((layer, member) is not ((1, 1) or (7, 2))) Assert.Equal(clean[i], figures[i]);
        }
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void Saturation_that_no_bounds_tell_is_left_to_who_knows_it(string kind)
    {
        using var measures = MeasuresNames.Create(kind);
        measures.Activation(ones([Members, 4]), new TableRow(table, 0), Mean, Deviation, Saturated, Nonfinite, saturation: null);
        table.select(2, Saturated).fill_(0.5);
        measures.Finish();
        Assert.Equal((1, 0.5), (At(0, 2, Mean), At(0, 2, Saturated)));
    }

    /// <summary>One backward pass through all layers; a layer's gradient is twice its values.</summary>
    private void Record(string kind, Tensor[] layers)
    {
        using var measures = MeasuresNames.Create(kind);
        var loss = zeros([1], layers[0].dtype);
        foreach (var layer in Every())
        {
            var (x, row) = (layers[layer], new TableRow(table, layer));
            var source = zeros_like(x).requires_grad_();
            using (var tapped = source * 1)
            {
                measures.Tap(tapped, row, Tapped, Zeros, Nonfinite);
                loss = loss + (tapped * (x * 2)).sum();
            }
            using var activation = x.alias();
            measures.Activation(activation, row, Mean, Deviation, Saturated, Nonfinite, (Low, High));
        }
        measures.Backward(loss, []);
        var (now, before) = (Rows(layers), Rows([.. layers.Select(Before)]));
        for (var piece = 0; piece < now.Count; piece++)
        {
            measures.Norm(now[piece], Norm, Nonfinite);
            measures.Difference(now[piece], before[piece], Change);
        }
        measures.Finish();
    }

    /// <summary>Of all but the skipped one, in a tensor (S, P) where each has something of its own behind it.</summary>
    private IReadOnlyList<LayerRows> Rows(Tensor[] layers)
    {
        var own = full([Members, 2], -3, layers[0].dtype);
        var all = cat([.. layers.SelectMany(layer => new[] { layer.flatten(1), own })], 1);
        long[] starts = [.. layers.Select((_, index) => layers[..index].Sum(layer => layer[0].numel() + own.shape[1]))];
        return LayerRows.Of(
            all, [.. Every().Select(layer => all.narrow(1, starts[layer], layers[layer][0].numel()))],
            [.. Every().Select(layer => new TableRow(table, layer))]);
    }

    private static IEnumerable<int> Every() => Enumerable.Range(0, Layers).Where(layer => layer != Skipped);

    /// <summary>Of several shapes, sizes up to more than is measured at once, and magnitudes.</summary>
    private static Tensor Values(int layer, ScalarType dtype)
    {
        long[] shape = layer switch { < 6 => [Members, 4, 5], < 8 => [Members, 5, 4], < 10 => [Members, 7], _ => [Members, 300, 200] };
        double[] sizes = dtype == float32 ? [1, 1e-38, 1e-43, 1e30] : [1, 1e-38, 1e-150, 1e150];
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var values = Arrays.Normal(20 + layer, count).Select((x, i) => i % 6 == 5 ? 0 : x * sizes[layer % sizes.Length]);
        return values.ToArray().ToTensor(dtype, shape);
    }

    private static Tensor Before(Tensor now) => now.flip(1);

    private double At(int layer, int member, int quantity) => HostCopy.Doubles(table[member, layer, quantity])[0];

    private void Expect(double expected, int layer, int member, int quantity, double allowed = 0)
    {
        var found = At(layer, member, quantity);
        Assert.True(
            Math.Abs(expected - found) <= 1e-12 * Math.Abs(expected) + allowed,
            FormattableString.Invariant($"layer {layer}, member {member}, quantity {quantity}: {expected:R}, here {found:R}"));
    }
}
