using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Tensors;

/// <summary>Draws are PyTorch's: the same numbers from the same seed. Expected ones from Python, generator seeded with 7.</summary>
public class RandomFillTests
{
    public static TheoryData<string> Fills => [.. Expected.Keys];

    private static readonly Dictionary<string, (Func<Tensor, Generator, Tensor> Fill, double[] Values)> Expected =
        new(StringComparer.Ordinal)
        {
            ["normal_"] = ((x, g) => x.normal_(1, 2, g), [0.7064098050300096, 2.5722825974470718, 2.893643218007913, -1.2286880425220614]),
            ["uniform_"] = ((x, g) => x.uniform_(-1, 3, g), [0.11752171962561597, 0.09477485460706259, 2.448371845670502, 1.6267537223528055]),
            ["exponential_"] = ((x, g) => x.exponential_(2, g), [0.1638219614915395, 0.1598917355510892, 0.9905877271394762, 0.5345584392492613]),
            ["cauchy_"] = ((x, g) => x.cauchy_(1, 2, g), [-0.6611115499249394, -0.7224061115390794, 5.323784455837047, 2.0725666595542256]),
            ["log_normal_"] = ((x, g) => x.log_normal_(0.5, 0.25, g), [1.5893120118287583, 2.0067877807382075, 2.089041612618788, 1.2478399227396038]),
            ["geometric_"] = ((x, g) => x.geometric_(0.3, g), [4, 4, 1, 2]),
            ["random_"] = ((x, g) => x.random_(-5, 50, g), [20, 42, -4, 26]),
            ["bernoulli_"] = ((x, g) => x.bernoulli_(0.3, g), [1, 1, 0, 0]),
            ["bernoulli_ of tensor"] = ((x, g) => x.bernoulli_(Of(0.1, 0.9, 0.5, 0.5), g), [0, 1, 0, 0]),
            ["bernoulli"] = ((_, g) => bernoulli(Of(0.1, 0.9, 0.5, 0.5), g), [0, 1, 0, 0]),
            ["poisson"] = ((_, g) => poisson(Of(1, 5, 20, 0.5), g), [0, 9, 11, 0]),
            ["binomial"] = ((_, g) => binomial(Of(10, 20, 30, 40), Of(0.1, 0.5, 0.5, 0.9), g), [0, 13, 16, 38]),
            ["multinomial"] = ((_, g) => multinomial(Of(0.1, 0.2, 0.3, 0.4), 4, true, g), [1, 1, 3, 3]),
        };

    [Theory]
    [MemberData(nameof(Fills))]
    public void Draws_are_PyTorchs_for_the_same_seed(string fill)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var drawn = Expected[fill].Fill(Of(0, 0, 0, 0), generator).to(ScalarType.Float64).data<double>().ToArray();
        foreach (var (expected, actual) in Expected[fill].Values.Zip(drawn)) Assert.Equal(expected, actual, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Fills))]
    public void Without_a_generator_the_default_one_is_drawn_from(string fill)
    {
        using var scope = NewDisposeScope();
        using var generator = Generator.Default;
        generator.manual_seed(7);
        var drawn = Expected[fill].Fill(Of(0, 0, 0, 0), null!).to(ScalarType.Float64).data<double>().ToArray();
        foreach (var (expected, actual) in Expected[fill].Values.Zip(drawn)) Assert.Equal(expected, actual, 1e-12);
    }

    [Fact]
    public void In_place_fills_return_their_own_tensor()
    {
        using var scope = NewDisposeScope();
        var x = Of(0, 0);
        Assert.Same(x, x.normal_());
        Assert.Same(x, x.uniform_(0, 1));
        Assert.Same(x, x.bernoulli_());
    }

    private static Tensor Of(params double[] values) => values;
}
