using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Gradients;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Measures;

public sealed class TapTests : IDisposable
{
    private const int Members = 3, Norm = 0, Zeros = 1, Nonfinite = 2;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor table = zeros([Members, 3], float64);

    // Denormal gradients are part of these tests, whatever ran on this thread before.
    public TapTests() => TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string, ScalarType, double, int> Magnitudes
    {
        get
        {
            var data = new TheoryData<string, ScalarType, double, int>();
            foreach (var kind in MeasuresNames.All)
            foreach (var elements in (int[])[1, 1000])
            {
                foreach (var size in (double[])[1e-45, 1e-38, 1e-25, 1, 1e38]) data.Add(kind, float32, size, elements);
                foreach (var size in (double[])[1e-320, 1e-200, 1e-160, 1, 1e160, 1e200]) data.Add(kind, float64, size, elements);
            }
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Magnitudes))]
    public void Gradients_of_every_magnitude_have_their_true_norm(string kind, ScalarType dtype, double size, int elements)
    {
        // The size of the first member's gradients as the type holds it; the others' are 0 and -size.
        var held = dtype == float32 ? (float)size : size;
        var upstream = full([elements], held, dtype);
        Pass(kind, stack([upstream, zeros_like(upstream), -upstream]));
        // Denormal doubles have few digits.
        Arrays.AssertClose([held * Math.Sqrt(elements), 0, held * Math.Sqrt(elements)], Column(Norm), size < 1e-300 ? 1e-3 : 1e-13);
        Assert.Equal([0, 1, 0], Column(Zeros));
        Assert.Equal([0, 0, 0], Column(Nonfinite));
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void Large_and_small_elements_side_by_side_have_their_norm(string kind)
    {
        var values = Arrays.Normal(1, Members * 100).Select((x, i) => x * Math.Pow(10, i % 9 * 40 - 160)).ToArray();
        Pass(kind, values.ToTensor(float64, Members, 100));
        Arrays.AssertClose([.. values.Chunk(100).Select(MeasureOracle.Norm)], Column(Norm), 1e-13);
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void Exact_zeros_of_either_sign_are_counted(string kind)
    {
        var upstream = ones([Members, 20], float32);
        upstream[1, 3] = 0;
        upstream[1, 17] = -0.0f;
        upstream[2, 19] = float.Epsilon;
        Pass(kind, upstream);
        Assert.Equal([0, 0.1, 0], Column(Zeros));
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void NaN_and_infinities_are_counted_at_every_pass_and_touch_no_other_member(string kind)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            table.zero_();
            var upstream = ones([Members, 25], dtype);
            upstream[1, 0] = double.NaN;
            upstream[1, 16] = double.PositiveInfinity;
            upstream[1, 24] = double.NegativeInfinity;
            Pass(kind, upstream);
            Pass(kind, upstream);
            Assert.Equal([0, 6, 0], Column(Nonfinite));
            Assert.Equal((5.0, 5.0), (Column(Norm)[0], Column(Norm)[2]));
            Assert.False(double.IsFinite(Column(Norm)[1]));
        }
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void Elements_and_gradients_pass_bit_for_bit(string kind)
    {
        var values = Arrays.Normal(2, Members * 50).ToTensor(float32, Members, 50);
        var upstream = Arrays.Normal(3, Members * 50).ToTensor(float32, Members, 50) * 1e-30;
        var source = values.clone().requires_grad_();
        source.grad = zeros_like(source);
        using var measures = MeasuresNames.Create(kind);
        var tapped = source.alias();
        measures.Tap(tapped, Row, Norm, Zeros, Nonfinite);
        measures.Backward((tapped * upstream).sum(), [(source, source.grad!)]);
        measures.Finish();
        Assert.Equal(HostCopy.Doubles(values), HostCopy.Doubles(tapped));
        Assert.Equal(HostCopy.Doubles(upstream), HostCopy.Doubles(source.grad!));
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void A_quantity_that_is_not_wanted_is_not_written(string kind)
    {
        var source = ones([Members, 4], float32).requires_grad_();
        table.fill_(7);
        Pass(kind, source, ones_like(source), zeros: -1);
        Assert.Equal([2, 2, 2], Column(Norm));
        Assert.Equal([7, 7, 7], Column(Zeros));
        Assert.Equal([7, 7, 7], Column(Nonfinite));
    }

    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void Without_a_graph_a_tap_measures_nothing(string kind)
    {
        using var off = no_grad();
        using var measures = MeasuresNames.Create(kind);
        measures.Tap(ones([Members, 4], float32), Row, Norm, Zeros, Nonfinite);
        measures.Finish();
        Assert.Equal(new double[Members * 3], HostCopy.Doubles(table));
    }

    /// <summary>A sequence of modules disposes of what is between them before backward is done.</summary>
    [Theory]
    [MemberData(nameof(MeasuresNames.Theory), MemberType = typeof(MeasuresNames))]
    public void What_is_tapped_need_not_outlive_the_forward_pass(string kind)
    {
        using var measures = MeasuresNames.Create(kind);
        var tapped = ones([Members, 4], float32).requires_grad_() * 2;
        measures.Tap(tapped, Row, Norm, Zeros, Nonfinite);
        var sum = (tapped * 3).sum();
        tapped.Dispose();
        measures.Backward(sum, []);
        measures.Finish();
        Assert.Equal([6, 6, 6], Column(Norm));
    }

    private TableRow Row => new(table.unsqueeze(1), 0);

    /// <summary>Sends a gradient through a tap: that of a sum of products with it.</summary>
    private void Pass(string kind, Tensor upstream) => Pass(kind, zeros_like(upstream).requires_grad_(), upstream, Zeros);

    private void Pass(string kind, Tensor source, Tensor upstream, int zeros)
    {
        using var measures = MeasuresNames.Create(kind);
        var tapped = source * 1;
        measures.Tap(tapped, Row, Norm, zeros, Nonfinite);
        measures.Backward((tapped * upstream).sum(), []);
        measures.Finish();
    }

    private double[] Column(int quantity) => HostCopy.Doubles(table.select(1, quantity));
}
