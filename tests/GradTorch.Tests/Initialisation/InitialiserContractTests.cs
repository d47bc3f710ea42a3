using System.Reflection;
using System.Text.Json;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>What every initialiser of the registry promises.</summary>
public sealed class InitialiserContractTests
{
    /// <summary>They draw nothing.</summary>
    private static readonly string[] Fixed = ["constant", "zeros", "ones", "identity"];

    private static readonly PropertyInfo[] Parameters = typeof(InitialParameters)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>Without the one that draws nothing: its file is read once the whole network is there, for which see WeightExportTests.</summary>
    public static TheoryData<string> Names =>
        [.. InitialiserRegistry.All.Where(entry => entry.Initialiser is not FileWeights).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_are_float64_on_the_CPU_of_the_shape_asked_for(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new MemberSeed(0).ForWeights();
        var initialiser = InitialiserRegistry.Find(name);
        foreach (var (fanIn, fanOut) in Shapes(name))
        {
            var weight = initialiser.DrawWeight(fanIn, fanOut, Drawn.Unusual, generator);
            var bias = initialiser.DrawBias(fanIn, fanOut, Drawn.Unusual, generator);
            Assert.Equal([fanIn, fanOut], weight.shape);
            Assert.Equal([fanOut], bias.shape);
            Assert.All((Tensor[])[weight, bias], drawn => Assert.Equal((float64, DeviceType.CPU), (drawn.dtype, drawn.device_type)));
            Assert.True(weight.is_contiguous());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_state_of_the_generator_draws_the_same_bits_and_another_seed_others(string name)
    {
        foreach (var (fanIn, fanOut) in Shapes(name).Where(shape => shape.FanIn > 1))
        {
            double[] Both(long seed) =>
                [.. Drawn.Weight(name, fanIn, fanOut, Drawn.Unusual, seed), .. Drawn.Bias(name, fanIn, fanOut, Drawn.Unusual, seed)];
            Assert.Equal(Bits.Of(Both(3)), Bits.Of(Both(3)));
            Assert.NotEqual(Both(3), Both(4));
            if (!Fixed.Contains(name)) Assert.Empty(Weights(name, fanIn, fanOut, 3).Intersect(Weights(name, fanIn, fanOut, 4)));
        }
    }

    /// <summary>Draws don't touch the generator of the process.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_default_generator_stays_where_it_is(string name)
    {
        using var scope = NewDisposeScope();
        var before = HostCopy.Doubles(random.get_rng_state());
        foreach (var (fanIn, fanOut) in Shapes(name))
        {
            Drawn.Weight(name, fanIn, fanOut, Drawn.Unusual, 1);
            Drawn.Bias(name, fanIn, fanOut, Drawn.Unusual, 1);
        }
        Assert.Equal(before, HostCopy.Doubles(random.get_rng_state()));
    }

    /// <summary>An option is listed if, and only if, changing it changes weights or biases.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void It_reads_the_options_that_it_lists_and_no_others(string name)
    {
        var (fanIn, fanOut) = Shapes(name).Last();
        string Draw(InitialParameters parameters) => string.Join(
            ' ', Drawn.Weight(name, fanIn, fanOut, parameters, 5).Concat(Drawn.Bias(name, fanIn, fanOut, parameters, 5)));
        var read = Parameters.Where(parameter => Draw(Changed(parameter)) != Draw(Drawn.Unusual)).Select(Key);
        Assert.Equal(InitialiserRegistry.All.Single(entry => entry.Name == name).Options.Order(), read.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Biases_have_the_mean_and_variance_asked_for_or_their_own(string name)
    {
        double[] drawn = [.. Enumerable.Range(0, 400).SelectMany(seed => Drawn.Bias(name, 64, 10, Drawn.Unusual, seed))];
        var (mean, variance) = name == "pytorch" ? (0, 1 / (3 * 64.0)) : (Drawn.Unusual.BiasMean, Drawn.Unusual.BiasVariance);
        Assert.InRange(drawn.Average(b => (b - mean) * (b - mean)), 0.9 * variance, 1.1 * variance);
        Assert.InRange(drawn.Average() - mean, -5 * Math.Sqrt(variance / drawn.Length), 5 * Math.Sqrt(variance / drawn.Length));
        if (name == "pytorch") return;
        var without = Drawn.Bias(name, 64, 10, new InitialParameters(BiasMean: 0.25), 0);
        Assert.Equal(Enumerable.Repeat(0.25, 10), without);
    }

    [Fact]
    public void One_that_needs_square_matrices_says_so_and_refuses_others()
    {
        Assert.Equal(["spectral-radius"], InitialiserRegistry.All.Where(entry => entry.Initialiser.SquareOnly).Select(entry => entry.Name));
        var thrown = Assert.Throws<ArgumentException>(() => Drawn.Weight("spectral-radius", 6, 4, new InitialParameters(), 0));
        Assert.Contains("6 x 4", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_initialiser_of_the_library_is_registered()
    {
        var registered = InitialiserRegistry.All.Select(entry => entry.Initialiser.GetType());
        var written = typeof(Initialiser).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Initialiser)) && !type.IsAbstract);
        Assert.Empty(written.Except(registered));
    }

    [Fact]
    public void Every_entry_has_its_own_name_a_formula_a_reference_and_options_of_the_section()
    {
        Assert.Equal(InitialiserRegistry.Names.Count, InitialiserRegistry.Names.Distinct().Count());
        var keys = typeof(InitSection).GetProperties().Where(property => property.CanWrite).Select(Key).ToList();
        Assert.All(InitialiserRegistry.All, entry =>
        {
            Assert.False(string.IsNullOrWhiteSpace(entry.Formula) || string.IsNullOrWhiteSpace(entry.Reference));
            Assert.Subset(keys.ToHashSet(), entry.Options.ToHashSet());
        });
        // No key that nobody reads.
        Assert.Equal(keys.Except(["kind"]).Order(), InitialiserRegistry.All.SelectMany(entry => entry.Options).Distinct().Order());
    }

    [Fact]
    public void Every_key_of_the_section_reaches_the_parameter_of_its_name()
    {
        var section = new InitSection();
        Assert.Equal(new InitialParameters(), InitialParameters.Of(section));
        foreach (var parameter in Parameters)
        {
            var key = typeof(InitSection).GetProperty(parameter.Name)!;
            var changed = section with { };
            key.SetValue(changed, parameter.GetValue(Drawn.Unusual));
            var expected = new InitialParameters();
            parameter.SetValue(expected, parameter.GetValue(Drawn.Unusual));
            Assert.Equal(expected, InitialParameters.Of(changed));
            Assert.NotEqual(new InitialParameters(), InitialParameters.Of(changed));
        }
    }

    [Fact]
    public void An_unknown_name_is_not_found() =>
        Assert.Throws<KeyNotFoundException>(() => InitialiserRegistry.Find("scaled-sparse"));

    private static double[] Weights(string name, int fanIn, int fanOut, long seed) =>
        [.. Drawn.Weight(name, fanIn, fanOut, Drawn.Unusual, seed).Where(weight => weight != 0)];

    /// <summary>Wide, tall and square matrices, or square ones alone; the last is not square if it may.</summary>
    private static (int FanIn, int FanOut)[] Shapes(string name) =>
        InitialiserRegistry.Find(name).SquareOnly ? [(6, 6), (1, 1)] : [(1, 1), (5, 5), (4, 6), (6, 4)];

    private static InitialParameters Changed(PropertyInfo parameter)
    {
        var changed = Drawn.Unusual with { };
        parameter.SetValue(changed, parameter.GetValue(changed) is double number ? number * 1.9 : Fan.In);
        return changed;
    }

    private static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
