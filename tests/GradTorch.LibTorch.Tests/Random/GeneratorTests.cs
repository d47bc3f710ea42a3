using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GradTorch.LibTorch.Tests.Fixtures;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Random;

public class GeneratorTests
{
    private static readonly JsonElement Draws = PyTorchFixture.Read("generators.json").GetProperty("draws");

    public static TheoryData<string> Seeds => [.. Draws.Names()];

    /// <summary>Exactly PyTorch's numbers, in the order of tests/Fixtures/generators.py.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_same_seed_gives_pytorchs_numbers_bit_for_bit(string seed)
    {
        using var scope = NewDisposeScope();
        var drawn = Draws.GetProperty(seed);
        using var generator = manual_seed(long.Parse(seed, CultureInfo.InvariantCulture));
        Assert.Equal(drawn.GetProperty("rand").Doubles(), Widened(Rand(7)));
        Assert.Equal(drawn.GetProperty("randn").Doubles(), Widened(Aten.Call("randn", (long[])[20])));
        Assert.Equal(drawn.GetProperty("randnFew").Doubles(), Widened(Aten.Call("randn", (long[])[5])));
        Assert.Equal(drawn.GetProperty("randnDouble").Doubles(), Elements.Of(Aten.Call("randn", (long[])[3], ScalarType.Float64)));
        Assert.Equal(drawn.GetProperty("randperm").Doubles(), Elements.Of<long>(Aten.Call("randperm", 12, ScalarType.Int64)).Select(n => (double)n));
        Assert.Equal(drawn.GetProperty("randint").Doubles(), Elements.Of<long>(Aten.Call("randint.low", 0, 1000, (long[])[6])).Select(n => (double)n));
        Assert.Equal(drawn.GetProperty("bernoulli").Doubles(), Widened(Aten.Call("bernoulli", Aten.Call("full", (long[])[9], 0.3))));
        Assert.Equal(drawn.GetProperty("randAfter").Doubles(), Widened(Rand(2)));
    }

    [Fact]
    public void The_seed_is_reported_and_the_default_generator_is_one()
    {
        using var seeded = manual_seed(77);
        Assert.Equal(77, seeded.initial_seed());
        Assert.Equal(77, initial_seed());
        using var again = Generator.Default;
        again.manual_seed(78);
        Assert.Equal(78, random.initial_seed());
        var chosen = seed();
        Assert.Equal(chosen, initial_seed());
        Assert.NotEqual(chosen, seed());
    }

    [Fact]
    public void A_restored_state_repeats_the_numbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(5).Dispose();
        _ = Rand(3);
        var state = get_rng_state();
        var first = Widened(Aten.Call("randn", (long[])[5]));
        var next = Widened(Rand(4));
        set_rng_state(state);
        Assert.Equal(first, Widened(Aten.Call("randn", (long[])[5])));
        Assert.Equal(next, Widened(Rand(4)));
        Assert.Equal(ScalarType.Byte, state.dtype);
        Assert.Throws<ExternalException>(() => set_rng_state(Rand(4)));
        Assert.Throws<ArgumentNullException>(() => random.set_rng_state(null!));
    }

    [Fact]
    public void Generators_do_not_disturb_each_other()
    {
        using var scope = NewDisposeScope();
        manual_seed(9).Dispose();
        var expected = Widened(Rand(4));
        manual_seed(9).Dispose();
        using var one = new Generator(9);
        using var two = new Generator(10);
        _ = Rand(5, two);
        Assert.Equal(expected, Widened(Rand(4, one)));
        Assert.Equal(expected, Widened(Rand(4)));
        Assert.Equal(9, one.initial_seed());
        Assert.NotEqual(expected, Widened(Rand(4, two)));
        two.set_state(one.get_state());
        Assert.Equal(Widened(Rand(4, one)), Widened(Rand(4, two)));
    }

    [Fact]
    public void A_disposed_generator_and_a_device_without_generators_are_errors()
    {
        var generator = new Generator(1);
        generator.Dispose();
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => generator.manual_seed(1));
        Assert.Throws<ExternalException>(() => new Generator(1, META));
    }

    private static Tensor Rand(long count, Generator? generator = null) => Aten.Call("rand.generator", (long[])[count], generator);

    private static IEnumerable<double> Widened(Tensor tensor) => Elements.Of<float>(tensor).Select(number => (double)number);
}
