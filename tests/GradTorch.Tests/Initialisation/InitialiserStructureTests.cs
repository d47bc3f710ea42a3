using GradTorch.Gradients;
using GradTorch.Initialisation;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>Matrices that are more than independent numbers, and those that are drawn from no distribution.</summary>
public sealed class InitialiserStructureTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("orthogonal", 784, 64)]
    [InlineData("orthogonal", 64, 64)]
    [InlineData("orthogonal", 10, 64)]
    [InlineData("lsuv", 10, 64)]
    public void Orthogonal_rows_or_columns_have_the_length_of_the_gain_and_right_angles(string name, int fanIn, int fanOut)
    {
        var q = Matrix(name, fanIn, fanOut, new InitialParameters(Gain: 1.7));
        var gram = fanIn >= fanOut ? q.t().matmul(q) : q.matmul(q.t());
        var identity = eye(Math.Min(fanIn, fanOut), dtype: float64) * (1.7 * 1.7);
        Arrays.AssertClose(HostCopy.Doubles(identity), HostCopy.Doubles(gram), relative: 0, absolute: 1e-12);
    }

    /// <summary>Householder's Q alone has signs of its own: the first element would be negative always.</summary>
    [Fact]
    public void Orthogonal_matrices_have_either_sign_everywhere()
    {
        var positive = Enumerable.Range(0, 100).Count(seed => Drawn.Weight("orthogonal", 5, 5, new InitialParameters(), seed)[0] > 0);
        Assert.InRange(positive, 30, 70);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void The_identity_has_the_gain_on_its_diagonal_and_nothing_else(int fanIn, int fanOut)
    {
        var drawn = Drawn.Weight("identity", fanIn, fanOut, new InitialParameters(Gain: 0.3), 0);
        for (var row = 0; row < fanIn; row++)
        for (var column = 0; column < fanOut; column++)
        {
            Assert.Equal(row == column ? 0.3 : 0, drawn[row * fanOut + column]);
        }
    }

    [Theory]
    [InlineData("constant", -0.6 * 1.7)]
    [InlineData("ones", 1.7)]
    [InlineData("zeros", 0)]
    public void Constants_are_the_same_everywhere(string name, double expected) =>
        Assert.All(Drawn.Weight(name, 4, 3, Drawn.Unusual, 0), weight => Assert.Equal(expected, weight));

    /// <summary>As <c>torch.nn.init.sparse_</c>: it zeroes so many of each column of (out, in), a row of ours.</summary>
    [Theory]
    [InlineData(0.9, 64, 58)]
    [InlineData(0.5, 7, 4)]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.99, 10, 10)]
    [InlineData(0.0, 10, 0)]
    public void Sparse_weights_have_exactly_so_many_zeros_for_every_input_at_places_of_its_own(double sparsity, int fanOut, int zeros)
    {
        const int fanIn = 300;
        var drawn = Drawn.Weight("sparse", fanIn, fanOut, new InitialParameters(Sparsity: sparsity), 3);
        var counts = new int[fanOut];
        for (var row = 0; row < fanIn; row++)
        {
            var places = Enumerable.Range(0, fanOut).Where(column => drawn[row * fanOut + column] == 0).ToList();
            Assert.Equal(zeros, places.Count);
            foreach (var column in places) counts[column]++;
        }
        // Every place is as likely as another: five deviations of a binomial count.
        var share = (double)zeros / fanOut;
        Assert.All(counts, count => Assert.InRange(
            count - fanIn * share, -5 * Math.Sqrt(fanIn * share * (1 - share)), 5 * Math.Sqrt(fanIn * share * (1 - share))));
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.5)]
    [InlineData(65, 0.9)]
    [InlineData(128, 1.25)]
    public void The_spectral_radius_is_the_gain(int size, double gain)
    {
        var eigenvalues = linalg.eigvals(Matrix("spectral-radius", size, size, new InitialParameters(Gain: gain)));
        Assert.Equal(gain, HostCopy.Doubles(eigenvalues.abs()).Max(), 1e-12);
    }

    /// <summary>The same without eigenvalues: Gelfand's formula, ρ = lim ‖Wⁿ‖^(1/n).</summary>
    [Fact]
    public void High_powers_of_it_grow_by_the_gain_each()
    {
        var w = Matrix("spectral-radius", 64, 64, new InitialParameters(Gain: 1.1));
        const int doublings = 12;
        var logarithm = 0.0;
        for (var i = 0; i < doublings; i++)
        {
            // Norms are taken out on the way, lest the power overflows.
            w = w.matmul(w);
            var norm = HostCopy.Doubles(w.norm())[0];
            (w, logarithm) = (w / norm, 2 * logarithm + Math.Log(norm));
        }
        Assert.Equal(1.1, Math.Exp(logarithm / (1 << doublings)), 2e-3);
    }

    /// <summary>By the circular law a normal matrix's radius is close to √size: the weights are about N(0, 1/size).</summary>
    [Fact]
    public void Weights_of_a_spectral_radius_are_spread_as_the_circular_law_says()
    {
        double[] drawn =
            [.. Enumerable.Range(0, 10).SelectMany(seed => Drawn.Weight("spectral-radius", 100, 100, new InitialParameters(), seed))];
        Assert.Equal(0.1, Math.Sqrt(drawn.Average(w => w * w)), 0.01);
    }

    private static Tensor Matrix(string name, int fanIn, int fanOut, InitialParameters parameters)
    {
        using var generator = new MemberSeed(1).ForWeights();
        return InitialiserRegistry.Find(name).DrawWeight(fanIn, fanOut, parameters, generator);
    }
}
