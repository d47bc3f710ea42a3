using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>Initialisers: the same numbers as PyTorch's from the same seed, and the distributions that they promise.</summary>
public class InitialiserTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Initialisers = new()
    {
        ["uniform"] = tensor => init.uniform_(tensor, -2, 3),
        ["normal"] = tensor => init.normal_(tensor, 1, 0.5),
        ["constant"] = tensor => init.constant_(tensor, 0.25),
        ["trunc_normal"] = tensor => init.trunc_normal_(tensor, 0.5, 2, -1, 3),
        ["xavier_uniform"] = tensor => init.xavier_uniform_(tensor, 1.5),
        ["xavier_normal"] = tensor => init.xavier_normal_(tensor, 1.5),
        ["kaiming_uniform"] = tensor => init.kaiming_uniform_(tensor, 0.1, init.FanInOut.FanOut),
        ["kaiming_normal"] = tensor => init.kaiming_normal_(tensor, nonlinearity: init.NonlinearityType.ReLU),
        ["orthogonal"] = tensor => init.orthogonal_(tensor, 2),
        ["sparse"] = tensor => init.sparse_(tensor, 0.3),
        ["eye"] = init.eye_,
        ["dirac"] = init.dirac_,
        ["linear"] = tensor => Linear(tensor.shape[1], tensor.shape[0]).weight,
        ["embedding"] = tensor => Embedding(tensor.shape[0], tensor.shape[1], padding_idx: -1).weight!,
    };

    /// <summary>What LAPACK rounds, which is not the same one in every build of libtorch.</summary>
    private const string ByLapack = "orthogonal";

    public static TheoryData<string> Names =>
        [.. ModuleFixtures.Names("initialisers").AsEnumerable<object[]>().Select(row => (string)row[0]).Where(name => name != ByLapack)];

    private static Tensor Empty(params long[] shape) =>
        Aten.Call("empty.memory_format", shape, ScalarType.Float32);

    private static double[] Doubles(Tensor tensor) => [.. tensor.Values().Select(value => (double)value)];

    private static (double Mean, double Std) Moments(Tensor tensor)
    {
        var values = Doubles(tensor);
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_PyTorchs_numbers_bit_for_bit(string name) => AssertFixture(name, Tensors.AssertBitEqual);

    /// <summary>LAPACK rounds as the kernels of the processor do.</summary>
    [Fact]
    public void The_same_seed_and_LAPACK_give_PyTorchs_numbers_to_rounding() =>
        AssertFixture(ByLapack, (expected, actual) => Tensors.AssertClose(expected, actual, ByLapack));

    private static void AssertFixture(string name, Action<Tensor, Tensor> assert)
    {
        using var scope = NewDisposeScope();
        foreach (var fixture in ModuleFixtures.Named("initialisers", name))
        {
            var expected = fixture.Tensor("output");
            Generator.Default.manual_seed(fixture.GetProperty("seed").GetInt64());
            assert(expected, Initialisers[name](Empty(expected.shape)));
        }
    }

    [Fact]
    public void A_generator_that_is_given_is_used_and_the_default_one_left_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var before = Generator.Default.get_state();
        var first = init.normal_(Empty(9), generator: generator);
        init.uniform_(Empty(9), generator: generator);
        init.trunc_normal_(Empty(9), generator: generator);
        Assert.True(before.Equals(Generator.Default.get_state()));
        generator.manual_seed(7);
        Tensors.AssertBitEqual(first, init.normal_(Empty(9), generator: generator));
    }

    [Fact]
    public void Fan_scaled_initialisers_have_the_promised_deviation_and_bounds()
    {
        using var scope = NewDisposeScope();
        Generator.Default.manual_seed(1);
        var weight = Empty(300, 500);
        var xavier = Math.Sqrt(2.0 / 800);
        AssertStd(xavier, init.xavier_normal_(weight));
        AssertStd(xavier, init.glorot_uniform_(weight));
        Assert.All(Doubles(weight), value => Assert.InRange(Math.Abs(value), 0, Math.Sqrt(3) * xavier));
        AssertStd(Math.Sqrt(2.0 / 500), init.kaiming_normal_(weight));
        AssertStd(Math.Sqrt(2.0 / 300), init.kaiming_normal_(weight, mode: init.FanInOut.FanOut));
        AssertStd(5.0 / 3 / Math.Sqrt(500), init.kaiming_uniform_(weight, nonlinearity: init.NonlinearityType.Tanh));

        // A normal distribution has tails that a uniform one of the same deviation lacks.
        init.xavier_normal_(weight);
        Assert.InRange(Doubles(weight).Count(value => Math.Abs(value) > 2 * xavier) / 150000.0, 0.04, 0.05);
    }

    private static void AssertStd(double expected, Tensor tensor)
    {
        var (mean, std) = Moments(tensor);
        Assert.InRange(mean / expected, -0.02, 0.02);
        Assert.InRange(std / expected, 0.98, 1.02);
    }

    [Fact]
    public void A_truncated_normal_stays_inside_and_keeps_the_shape_inside()
    {
        using var scope = NewDisposeScope();
        Generator.Default.manual_seed(1);
        var tensor = init.trunc_normal_(Empty(100000), mean: 1, std: 2, a: -1, b: 3);
        Assert.All(Doubles(tensor), value => Assert.InRange(value, -1, 3));
        // Cut at one deviation on both sides: √(1 − 2φ(1) / (2Φ(1) − 1)) = 0.5396 deviations.
        var (mean, std) = Moments(tensor);
        Assert.InRange(mean, 0.98, 1.02);
        Assert.InRange(std / 2, 0.535, 0.545);
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(6, 9)]
    [InlineData(9, 6)]
    public void An_orthogonal_matrix_has_orthonormal_short_side_times_gain(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var values = Doubles(init.orthogonal_(Empty(rows, columns), gain: 3));
        var (vectors, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        double Element(int vector, int i) => rows <= columns ? values[vector * columns + i] : values[i * columns + vector];
        for (var a = 0; a < vectors; a++)
        {
            for (var b = 0; b < vectors; b++)
                Assert.Equal(a == b ? 9.0 : 0.0, Enumerable.Range(0, length).Sum(i => Element(a, i) * Element(b, i)), 1e-5);
        }
    }

    [Fact]
    public void Gains_and_fans_follow_their_formulas()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Conv2D));
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Sigmoid));
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU));
        Assert.Equal(Math.Sqrt(2 / 1.04), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.2), 1e-15);
        Assert.Equal((500, 300), init.CalculateFanInAndFanOut(Empty(300, 500)));
        Assert.Equal((5 * 6, 4 * 6), init.CalculateFanInAndFanOut(Empty(4, 5, 2, 3)));
        Assert.Throws<ArgumentException>(() => init.xavier_normal_(Empty(4)));
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => init.eye_(Empty(4)));
    }

    [Fact]
    public void A_trained_parameter_is_initialised_without_entering_the_graph()
    {
        using var scope = NewDisposeScope();
        var parameter = Parameter(Empty(3, 3));
        foreach (var initialise in new Func<Tensor, Tensor>[] { init.ones_, init.eye_, tensor => init.orthogonal_(tensor), tensor => init.trunc_normal_(tensor), tensor => init.sparse_(tensor, 0.5) })
        {
            Assert.Same(parameter, initialise(parameter));
            Assert.True(parameter.is_leaf && parameter.requires_grad);
        }
    }
}
