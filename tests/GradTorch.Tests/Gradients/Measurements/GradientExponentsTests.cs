using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Gradients.Measurements;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients.Measurements;

public sealed class GradientExponentsTests : IDisposable
{
    private const double SmallestNormal = 1.1754943508222875e-38;

    private readonly DisposeScope scope = NewDisposeScope();

    public GradientExponentsTests() => TorchBackend.Current.FlushDenormals(false);

    public void Dispose() => scope.Dispose();

    public static TheoryData<string, double> Cases => new()
    {
        { "relu", 1 }, { "tanh", 1e-20 }, { "tanh", 1e-37 }, { "sigmoid", 1e-42 }, { "tanh", 1e30 }, { "tanh", 1e39 }, { "tanh", double.NaN },
    };

    /// <summary>A loss that is tiny or huge puts δ anywhere. The twin's δ are gradients of zeros that are added to z.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_element_is_counted_where_an_oracle_counts_it(string activation, double factor)
    {
        using var net = new MeasuredNet(new ModelSection { Activation = new ActivationSection { Forward = activation } }, float32);
        Tensor Loss() => net.Loss() * factor;
        net.Model.Parameters.ZeroGradients();
        Loss().backward();
        using var measurements = new StepMeasurements(net.Model, ["exponents"]);
        measurements.Measure(Loss);
        measurements.Measure(Loss); // It counts anew.

        var deltas = Deltas(net, Loss);
        var measured = MeasuredNet.Read(measurements);
        var exponents = measurements.Exponents!;
        var counts = HostCopy.Doubles(exponents.Counts);
        var all = new List<double>();
        for (var member = 0; member < MeasuredNet.Members; member++)
        {
            for (var layer = 0; layer < 4; layer++)
            {
                var elements = HostCopy.Doubles(deltas[layer][member]);
                var expected = ExponentOracle.Count(elements);
                var row = counts.AsSpan((member * 4 + layer) * exponents.Count, exponents.Count).ToArray();
                Assert.Equal(
                    expected, row.Select((count, index) => (Exponent: exponents.First + index, Count: (int)count)).Where(bin => bin.Count > 0)
                        .ToDictionary(bin => bin.Exponent, bin => bin.Count));
                Assert.Equal(elements.Count(x => x == 0), measured[(member, layer + 1, GradientExponents.Zeros)]);
                Assert.Equal(elements.Count(x => x != 0 && Math.Abs(x) < SmallestNormal), measured[(member, layer + 1, GradientExponents.Denormals)]);
                Assert.Equal(elements.Count(x => !double.IsFinite(x)), measured[(member, layer + 1, GradientExponents.Nonfinite)]);
                all.AddRange(elements);
            }
        }
        // The case is what it is for.
        if (factor == 1) Assert.Contains(0.0, all);
        if (factor == 1e-42) Assert.Contains(all, x => x != 0 && Math.Abs(x) < SmallestNormal);
        if (factor is 1e39 or double.NaN) Assert.Contains(all, x => !double.IsFinite(x));
    }

    /// <summary>Powers of ten themselves, their neighbours, and the ends of the types.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_at_the_edges_lie_on_their_side(bool isDouble)
    {
        var dtype = isDouble ? float64 : float32;
        var powers = isDouble ? Enumerable.Range(-307, 616) : Enumerable.Range(-45, 84);
        double[] numbers =
        [
            .. powers.Select(power => double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture)).SelectMany(power =>
                // Float64 is told apart to within 1e-12, float32 to the last bit.
                isDouble ? new[] { power * (1 + 1e-12), power * (1 - 1e-12) } : [(float)power, MathF.BitIncrement((float)power), MathF.BitDecrement((float)power)]),
            0, double.NaN, double.PositiveInfinity, isDouble ? double.MaxValue : float.MaxValue, isDouble ? 2.2250738585072014e-308 : float.Epsilon,
        ];
        using var net = new MeasuredNet(new ModelSection(), dtype);
        using var exponents = new GradientExponents(net.Model);
        using var step = new RepeatedStep(net.Model);
        var delta = numbers.ToTensor(dtype, 1, 1, numbers.Length).expand(MeasuredNet.Members, 1, numbers.Length);
        foreach (var watch in step.Watches)
        {
            watch.SeeScan(delta.unsqueeze(1), null);
            watch.SeeScanBack(delta.unsqueeze(1));
        }
        exponents.Measure(step, zeros([MeasuredNet.Members, exponents.Places.Count], float64));

        var found = HostCopy.Doubles(exponents.Counts[1, 2]);
        var expected = ExponentOracle.Count(numbers.Select(x => isDouble && Math.Abs(x) < 2.2250738585072014e-308 ? 0 : x));
        Assert.Equal(expected, found.Select((count, index) => (Exponent: exponents.First + index, Count: (int)count)).Where(bin => bin.Count > 0)
            .ToDictionary(bin => bin.Exponent, bin => bin.Count));
    }

    /// <summary>Of each layer, (S, …).</summary>
    private static List<Tensor> Deltas(MeasuredNet net, Func<Tensor> loss)
    {
        var (probes, hooks) = (new List<Tensor>(), new List<Action>());
        foreach (var layer in net.Model.Layers)
        {
            hooks.Add(layer.Linear.register_forward_hook((_, _, z) =>
            {
                probes.Add(zeros_like(z).requires_grad_());
                return z + probes[^1];
            }).remove);
        }
        // Layers are called one by one where somebody looks at them.
        using var watch = new GradTorch.Backends.Measures.LayerWatch();
        foreach (var layer in net.Model.Layers.SkipLast(1)) layer.Watch = watch;
        loss().backward();
        foreach (var layer in net.Model.Layers.SkipLast(1)) layer.Watch = null;
        foreach (var remove in hooks) remove();
        return [.. probes.Select(probe => probe.grad!)];
    }
}
