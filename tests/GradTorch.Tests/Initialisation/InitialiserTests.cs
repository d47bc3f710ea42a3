using GradTorch.Gradients;
using GradTorch.Initialisation;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>What every initialiser of the registry promises, on the draws of many seeds together.</summary>
public sealed class InitialiserTests : IDisposable
{
    private const int Draws = 40;
    private const double WeightVariance = 2.5, BiasVariance = 0.3;

    /// <summary>The published variance of a weight without gain.</summary>
    private static readonly Dictionary<string, Func<double, double, double>> Variances = new()
    {
        ["xavier-normal"] = (fanIn, fanOut) => 2 / (fanIn + fanOut),
        ["xavier-uniform"] = (fanIn, fanOut) => 2 / (fanIn + fanOut),
        ["he-normal"] = (fanIn, _) => 2 / fanIn,
        ["he-uniform"] = (fanIn, _) => 2 / fanIn,
        ["lecun-normal"] = (fanIn, _) => 1 / fanIn,
        ["pytorch"] = (fanIn, _) => 1 / (3 * fanIn),
        ["normal"] = (fanIn, _) => WeightVariance / fanIn,
        // Unit rows or columns, whichever are longer.
        ["orthogonal"] = (fanIn, fanOut) => 1 / Math.Max(fanIn, fanOut),
    };

    private static readonly string[] Uniform = ["xavier-uniform", "he-uniform", "pytorch"];

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, int, int, double> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, double>();
            foreach (var name in InitialiserRegistry.Names)
            foreach (var (fanIn, fanOut) in ((int, int)[])[(784, 64), (64, 64), (64, 10)])
            foreach (var gain in (double[])[1, 1.7])
            {
                data.Add(name, fanIn, fanOut, gain);
            }
            return data;
        }
    }

    public static TheoryData<string> Names => [.. InitialiserRegistry.Names];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_have_mean_0_the_published_variance_and_its_shape(string name, int fanIn, int fanOut, double gain)
    {
        var drawn = Weights(name, fanIn, fanOut, gain);
        var deviation = gain * Math.Sqrt(Variances[name](fanIn, fanOut));
        var mean = drawn.Average();
        Assert.InRange(mean, -5 * deviation / Math.Sqrt(drawn.Length), 5 * deviation / Math.Sqrt(drawn.Length));
        var relative = 5 / Math.Sqrt(2.0 * drawn.Length);
        var measured = Math.Sqrt(drawn.Average(w => w * w));
        Assert.InRange(measured, deviation * (1 - relative), deviation * (1 + relative));
        var largest = drawn.Max(Math.Abs);
        // A uniform distribution ends at √3 σ; of this many normal ones some are beyond 3 σ.
        if (Uniform.Contains(name)) Assert.InRange(largest, 1.7 * deviation, Math.Sqrt(3) * deviation);
        else Assert.True(largest > 3 * deviation);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Biases_have_the_variance_asked_for_or_their_own(string name)
    {
        var parameters = new InitialParameters(Gain: 1.7, BiasVariance: BiasVariance);
        var drawn = Enumerable.Range(0, 400)
            .SelectMany(seed => Draw(seed, generator => Find(name).DrawBias(64, 10, parameters, generator))).ToArray();
        var (variance, zero) = name == "pytorch" ? (1 / (3 * 64.0), false) : (BiasVariance, true);
        Assert.InRange(drawn.Average(b => b * b), 0.9 * variance, 1.1 * variance);
        Assert.InRange(drawn.Average(), -5 * Math.Sqrt(variance / drawn.Length), 5 * Math.Sqrt(variance / drawn.Length));
        var without = Draw(0, generator => Find(name).DrawBias(64, 10, new InitialParameters(), generator));
        Assert.Equal(10, without.Length);
        Assert.Equal(zero, without.All(b => b == 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_and_another_seed_another(string name)
    {
        double[] Weight(long seed) => Draw(seed, generator => Find(name).DrawWeight(16, 8, new InitialParameters(), generator));
        Assert.Equal(Weight(3), Weight(3));
        Assert.Empty(Weight(3).Intersect(Weight(4)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_are_float64_on_the_CPU_of_the_shape_asked_for(string name)
    {
        using var generator = new MemberSeed(0).ForWeights();
        var weight = Find(name).DrawWeight(6, 4, new InitialParameters(), generator);
        var bias = Find(name).DrawBias(6, 4, new InitialParameters(BiasVariance: 1), generator);
        Assert.Equal([6, 4], weight.shape);
        Assert.Equal([4], bias.shape);
        Assert.All((Tensor[])[weight, bias], drawn => Assert.Equal((float64, DeviceType.CPU), (drawn.dtype, drawn.device_type)));
    }

    [Theory]
    [InlineData(784, 64)]
    [InlineData(64, 64)]
    [InlineData(10, 64)]
    public void Orthogonal_rows_or_columns_have_the_length_of_the_gain_and_right_angles(int fanIn, int fanOut)
    {
        using var generator = new MemberSeed(1).ForWeights();
        var q = new Orthogonal().DrawWeight(fanIn, fanOut, new InitialParameters(Gain: 1.7), generator);
        var gram = fanIn >= fanOut ? q.t().matmul(q) : q.matmul(q.t());
        var identity = eye(Math.Min(fanIn, fanOut), dtype: float64) * (1.7 * 1.7);
        Arrays.AssertClose(HostCopy.Doubles(identity), HostCopy.Doubles(gram), relative: 0, absolute: 1e-12);
    }

    /// <summary>Householder's Q alone has signs of its own: the first element would be negative always.</summary>
    [Fact]
    public void Orthogonal_matrices_have_either_sign_everywhere()
    {
        var positive = Enumerable.Range(0, 100).Count(seed =>
            Draw(seed, generator => new Orthogonal().DrawWeight(5, 5, new InitialParameters(), generator))[0] > 0);
        Assert.InRange(positive, 30, 70);
    }

    [Fact]
    public void Every_initialiser_of_the_library_is_registered()
    {
        var registered = InitialiserRegistry.All.Select(entry => entry.Initialiser.GetType());
        var written = typeof(Initialiser).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Initialiser)) && !type.IsAbstract);
        Assert.Empty(written.Except(registered));
    }

    [Fact]
    public void Every_entry_has_its_own_name_a_formula_a_reference_and_a_variance_here()
    {
        Assert.Equal(InitialiserRegistry.Names.Count, InitialiserRegistry.Names.Distinct().Count());
        Assert.All(InitialiserRegistry.All, entry =>
            Assert.False(string.IsNullOrWhiteSpace(entry.Formula) || string.IsNullOrWhiteSpace(entry.Reference)));
        Assert.Equal(Variances.Keys.Order(), InitialiserRegistry.Names.Order());
    }

    private static Initialiser Find(string name) => InitialiserRegistry.Find(name);

    private static double[] Weights(string name, int fanIn, int fanOut, double gain) =>
    [
        .. Enumerable.Range(0, Draws).SelectMany(seed => Draw(seed, generator =>
            Find(name).DrawWeight(fanIn, fanOut, new InitialParameters(gain, WeightVariance, BiasVariance), generator))),
    ];

    private static double[] Draw(long seed, Func<Generator, Tensor> draw)
    {
        using var generator = new MemberSeed(seed).ForWeights();
        using var drawn = draw(generator);
        return HostCopy.Doubles(drawn);
    }
}
