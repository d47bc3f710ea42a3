using GradTorch.Configuration;
using GradTorch.Initialisation;

namespace GradTorch.Tests.Initialisation;

/// <summary>Weights against the distributions that their papers and <c>torch.nn.init</c> document, on the draws of many
/// seeds together.</summary>
public sealed class InitialiserDistributionTests
{
    private const int Draws = 40;

    /// <summary>Of a weight without gain: mean, variance and how far it can be from the mean, in standard deviations.</summary>
    private sealed record Published(double Mean, double Variance, double Reach)
    {
        public static Published Normal(double variance, double mean = 0) => new(mean, variance, double.PositiveInfinity);

        public static Published Uniform(double bound, double mean = 0) => new(mean, bound * bound / 3, Math.Sqrt(3));
    }

    private static readonly Dictionary<string, Func<double, double, InitialParameters, Published>> Distributions = new()
    {
        ["xavier-normal"] = (fanIn, fanOut, _) => Published.Normal(2 / (fanIn + fanOut)),
        ["xavier-uniform"] = (fanIn, fanOut, _) => Published.Uniform(Math.Sqrt(6 / (fanIn + fanOut))),
        ["he-normal"] = (fanIn, fanOut, set) => Published.Normal(2 / (set.Fan == Fan.In ? fanIn : fanOut)),
        ["he-uniform"] = (fanIn, fanOut, set) => Published.Uniform(Math.Sqrt(6 / (set.Fan == Fan.In ? fanIn : fanOut))),
        ["lecun-normal"] = (fanIn, _, _) => Published.Normal(1 / fanIn),
        ["pytorch"] = (fanIn, _, _) => Published.Uniform(1 / Math.Sqrt(fanIn)),
        ["scaled-normal"] = (fanIn, _, set) => Published.Normal(set.WeightVariance / fanIn),
        ["normal"] = (_, _, set) => Published.Normal(set.Std * set.Std, set.Mean),
        ["truncated-normal"] = (_, _, set) => Truncated(set.Mean, set.Std, set.Truncation),
        ["uniform"] = (_, _, set) => Published.Uniform(set.Bound, set.Mean),
        // Unit rows or columns, whichever are longer.
        ["orthogonal"] = (fanIn, fanOut, _) => Published.Normal(1 / Math.Max(fanIn, fanOut)),
        ["lsuv"] = (fanIn, fanOut, _) => Published.Normal(1 / Math.Max(fanIn, fanOut)),
        ["sparse"] = (_, fanOut, set) => Published.Normal(set.Std * set.Std * (1 - Math.Ceiling(set.Sparsity * fanOut) / fanOut)),
    };

    /// <summary>They have no distribution, or one without a closed form: <see cref="InitialiserStructureTests"/>.</summary>
    private static readonly string[] OfStructure = ["constant", "zeros", "ones", "identity", "spectral-radius"];

    public static TheoryData<string, int, int, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, bool>();
            foreach (var name in Distributions.Keys)
            foreach (var (fanIn, fanOut) in ((int, int)[])[(784, 64), (64, 64), (64, 10)])
            foreach (var unusual in (bool[])[false, true])
            {
                data.Add(name, fanIn, fanOut, unusual);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_have_the_published_mean_variance_and_bounds_times_the_gain(string name, int fanIn, int fanOut, bool unusual)
    {
        var parameters = unusual ? Drawn.Unusual : new InitialParameters();
        var published = Distributions[name](fanIn, fanOut, parameters);
        double[] drawn = [.. Enumerable.Range(0, Draws).SelectMany(seed => Drawn.Weight(name, fanIn, fanOut, parameters, seed))];
        var deviation = parameters.Gain * Math.Sqrt(published.Variance);
        double[] centred = [.. drawn.Select(weight => weight - parameters.Gain * published.Mean)];
        Assert.InRange(centred.Average(), -5 * deviation / Math.Sqrt(drawn.Length), 5 * deviation / Math.Sqrt(drawn.Length));
        // Those that are mostly zeros vary more than a normal distribution does.
        var relative = 5 * (name == "sparse" ? 4 : 1) / Math.Sqrt(2.0 * drawn.Length);
        Assert.InRange(Math.Sqrt(centred.Average(w => w * w)), deviation * (1 - relative), deviation * (1 + relative));
        var largest = centred.Max(Math.Abs) / deviation;
        if (double.IsFinite(published.Reach)) Assert.InRange(largest, 0.98 * published.Reach, published.Reach * (1 + 1e-12));
        else Assert.True(largest > 3);
    }

    /// <summary>fan_in times the published variance, wherever theory may go by it.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_variance_that_theory_goes_by_is_that_of_the_distribution(string name, int fanIn, int fanOut, bool unusual)
    {
        var parameters = unusual ? Drawn.Unusual : new InitialParameters();
        var published = Distributions[name](fanIn, fanOut, parameters);
        var given = InitialiserRegistry.Find(name).WeightVariance(fanIn, fanOut, parameters);
        if (published.Mean != 0 || name is "truncated-normal" or "lsuv" or "sparse" || (name == "orthogonal" && fanIn != fanOut)) Assert.Null(given);
        else Assert.Equal(fanIn * published.Variance * parameters.Gain * parameters.Gain, given!.Value, 1e-12 * given.Value);
    }

    [Fact]
    public void Of_structure_theory_knows_nothing() =>
        Assert.All(OfStructure, name => Assert.Null(InitialiserRegistry.Find(name).WeightVariance(64, 64, new InitialParameters())));

    [Fact]
    public void Every_initialiser_has_its_distribution_or_structure_here() =>
        Assert.Equal(Distributions.Keys.Concat(OfStructure).Append("file").Order(), InitialiserRegistry.Names.Order());

    /// <summary>Gain, mean and std of a wide truncation are those of the normal distribution.</summary>
    [Fact]
    public void A_truncation_far_out_leaves_everything()
    {
        var drawn = Drawn.Weight("truncated-normal", 200, 200, new InitialParameters(Mean: 1, Std: 2, Truncation: 30), 1);
        Assert.All(drawn, weight => Assert.True(double.IsFinite(weight)));
        Assert.Equal(4, drawn.Average(w => (w - 1) * (w - 1)), 0.15);
    }

    /// <summary>Integrals of φ and z²φ over the interval, by Simpson's rule.</summary>
    private static Published Truncated(double mean, double std, double truncation)
    {
        const int intervals = 2000;
        var step = 2 * truncation / intervals;
        var (mass, second) = (0.0, 0.0);
        for (var i = 0; i <= intervals; i++)
        {
            var z = -truncation + i * step;
            var weight = (i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-z * z / 2);
            (mass, second) = (mass + weight, second + weight * z * z);
        }
        var variance = second / mass;
        return new Published(mean, std * std * variance, truncation / Math.Sqrt(variance));
    }
}
