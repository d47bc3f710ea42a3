using System.Runtime.InteropServices;
using GradTorch.Backends;
using GradTorch.Backends.Measures;
using GradTorch.Gradients;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends.Measures;

public sealed class MeasureTests : IDisposable
{
    private const int Members = 3, Quantities = 5;

    /// <summary>The backend that has no more than operators, as it measures on other devices than a CPU.</summary>
    private const string Operators = nameof(Operators);

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor layers = zeros([Members, 3, Quantities], float64);

    /// <summary>As in a record: the middle of three layers, so that the rows of members are not side by side.</summary>
    private Tensor Table => layers.select(1, 1);

    public static TheoryData<string> Names => [.. BackendNames.All, Operators];

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (string backend in Names)
            foreach (var layout in (string[])["contiguous", "gapped", "transposed", "members last", "one for all", "one element"])
            foreach (var size in (int[])[1, 15, 16, 17, 1000])
            {
                data.Add(backend, layout, size);
            }
            return data;
        }
    }

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_norm_of_each_member_is_that_of_its_elements(string backend, string layout, int size)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            var tensor = Laid(layout, size, seed: 4, dtype);
            Create(backend).MeasureNorm(tensor, Table, 2, 3);
            Arrays.AssertClose(PerMember(tensor, MeasureOracle.Norm), Column(2), 1e-13);
            Assert.Equal(new double[Members], Column(3));
            AssertNothingElse(2);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_norm_of_a_difference_is_taken_in_float64(string backend, string layout, int size)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            var (now, contiguous) = (Laid(layout, size, seed: 5, dtype), Laid("contiguous", size, seed: 6, dtype));
            foreach (var before in (Tensor[])[contiguous.view(now.shape), Laid(layout, size, seed: 6, dtype)])
            {
                Create(backend).MeasureDifference(now, before, Table, 0);
                var change = now.to(float64) - before.to(float64);
                Arrays.AssertClose(PerMember(change, MeasureOracle.Norm), Column(0), 1e-13);
                AssertNothingElse(0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Activations_have_mean_deviation_and_saturated_fraction(string backend, string layout, int size)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            var tensor = Laid(layout, size, seed: 7, dtype);
            Create(backend).MeasureActivation(tensor, Table, 0, 1, 2, 3, -0.5, 1.25);
            Arrays.AssertClose(PerMember(tensor, MeasureOracle.Mean), Column(0), 1e-13, 1e-14);
            Arrays.AssertClose(PerMember(tensor, MeasureOracle.Deviation), Column(1), 1e-12, 1e-13);
            Arrays.AssertClose(
                PerMember(tensor, x => MeasureOracle.Fraction(x, a => a is <= -0.5 or >= 1.25)), Column(2), 1e-15);
            Assert.Equal(new double[Members], Column(3));
            AssertNothingElse(0, 1, 2);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_deviation_of_numbers_far_from_zero_is_not_lost_in_cancellation(string backend)
    {
        var values = Arrays.Normal(8, Members * 1000).Select(x => 1e6 + x * 1e-3).ToArray();
        var tensor = values.ToTensor(float64, Members, 1000);
        Create(backend).MeasureActivation(
            tensor, Table, 0, 1, 2, 3, double.NegativeInfinity, double.PositiveInfinity);
        Arrays.AssertClose(PerMember(tensor, MeasureOracle.Deviation), Column(1), 1e-6);
        Assert.Equal(new double[Members], Column(2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bounds_themselves_are_saturated(string backend)
    {
        double[] edges = [-0.5, -0.4375, 0, 1.1875, 1.25];
        var tensor = edges.ToTensor(float32, 1, 5).expand(Members, 5);
        Create(backend).MeasureActivation(tensor, Table, 0, 1, 2, 3, -0.5, 1.25);
        Assert.Equal([0.4, 0.4, 0.4], Column(2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_and_infinities_of_a_member_are_counted_on_top_and_touch_no_other_member(string backend)
    {
        var clean = Arrays.Normal(4, Members * 17);
        var spoilt = clean.ToArray();
        (spoilt[18], spoilt[20], spoilt[33]) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            layers.zero_();
            var (measured, tensor) = (Create(backend), spoilt.ToTensor(dtype, Members, 17));
            measured.MeasureNorm(tensor, Table, 2, 3);
            measured.MeasureActivation(tensor, Table, 0, 1, 4, 3, -1, 1);
            Assert.Equal([0, 6, 0], Column(3));
            foreach (var quantity in (int[])[0, 1, 2]) Assert.False(double.IsFinite(Column(quantity)[1]));
            var untouched = PerMember(clean.ToTensor(dtype, Members, 17), MeasureOracle.Norm);
            Arrays.AssertClose([untouched[0], untouched[2]], [Column(2)[0], Column(2)[2]], 1e-13);
            Assert.All((int[])[0, 2], member => Assert.True(double.IsFinite(Column(0)[member]) && double.IsFinite(Column(1)[member])));
        }
    }

    /// <summary>A change of 1e-200 was measured as 0: its square underflows.</summary>
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void A_difference_is_true_at_every_magnitude(double size)
    {
        foreach (string backend in Names)
        {
            var before = zeros([Members, 100], float64);
            Create(backend).MeasureDifference(before + size, before, Table, 1);
            Arrays.AssertClose([10 * size, 10 * size, 10 * size], Column(1), 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_that_do_not_fit_the_table_or_each_other_are_refused(string backend)
    {
        var measured = Create(backend);
        Assert.Throws<ExternalException>(() => measured.MeasureNorm(zeros([Members + 1, 4], float64), Table, 0));
        Assert.Throws<ExternalException>(() => measured.MeasureNorm(zeros([Members, 4], float64), Table, Quantities));
        Assert.Throws<ExternalException>(() =>
            measured.MeasureDifference(zeros([Members, 4], float64), zeros([Members - 1, 4], float64), Table, 0));
    }

    /// <summary>Normal numbers as (S, size) or (S, rows, columns), laid out in memory in different ways.</summary>
    private static Tensor Laid(string layout, int size, int seed, ScalarType dtype)
    {
        var rows = size % 5 == 0 ? 5 : 1;
        var values = Arrays.Normal(seed, 2 * Members * size);
        var all = values.ToTensor(dtype, 2, Members * size)[0];
        return layout switch
        {
            "contiguous" => all.view(Members, size),
            "gapped" => values.ToTensor(dtype, Members, 2 * size).narrow(1, size, size),
            "transposed" => all.view(Members, size / rows, rows).transpose(1, 2),
            "members last" => all.view(size, Members).t(),
            "one for all" => all.narrow(0, 0, size).view(1, size).expand(Members, size),
            "one element" => all.narrow(0, 0, Members).view(Members, 1).expand(Members, size),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "not a layout"),
        };
    }

    private static double[] PerMember(Tensor tensor, Func<double[], double> measure) =>
        [.. HostCopy.Doubles(tensor).Chunk((int)(tensor.numel() / Members)).Select(measure)];

    private double[] Column(int quantity) => HostCopy.Doubles(Table.select(1, quantity));

    /// <summary>Every other quantity, and every other layer, is still zero.</summary>
    private void AssertNothingElse(params int[] quantities)
    {
        var values = HostCopy.Doubles(layers);
        for (var i = 0; i < values.Length; i++)
        {
            var measured = i / Quantities % 3 == 1 && quantities.Contains(i % Quantities);
            if (!measured) Assert.Equal(0, values[i]);
        }
    }

    private static ITorchBackend Create(string name) => name == Operators ? new OperatorBackend() : BackendNames.Create(name);

    private sealed class OperatorBackend : PlainTorchBackend
    {
        public override void MeasureNorm(Tensor tensor, Tensor table, int norm, int nonfinite = -1, int zeros = -1) =>
            new NormMeasure(norm, zeros, nonfinite).WriteOnAnyDevice(table, tensor);

        public override void MeasureDifference(Tensor tensor, Tensor before, Tensor table, int norm) =>
            new DifferenceMeasure(norm).WriteOnAnyDevice(table, tensor, before);

        public override void MeasureActivation(Tensor tensor, Tensor table, int mean, int deviation, int saturated, int nonfinite,
            double low, double high) =>
            new ActivationMeasure(mean, deviation, saturated, nonfinite, low, high).WriteOnAnyDevice(table, tensor);
    }
}
