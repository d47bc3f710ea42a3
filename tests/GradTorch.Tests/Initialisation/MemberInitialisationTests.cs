using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Tests.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Initialisation;

/// <summary>Members of one ensemble with numbers of their own.</summary>
public sealed class MemberInitialisationTests
{
    private static readonly ModelShape Shape = new(new ModelSection { Depth = 3, Width = 5 }, Features: 7, Outputs: 3);

    private static readonly InitialParameters[] OfMembers =
    [
        new(), new(Gain: 0.5, BiasVariance: 0.2), new(Gain: 3, WeightVariance: 2.5, BiasMean: -1, Std: 0.1, Sparsity: 0.4),
    ];

    public static TheoryData<string> Initialisers =>
        [.. InitialiserRegistry.All.Where(entry => !entry.Initialiser.SquareOnly).Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Initialisers))]
    public void A_member_with_its_own_gain_and_variances_has_the_bits_that_it_has_alone(string initialiser)
    {
        var together = Values(initialiser, [4, 5, 6], OfMembers);
        for (var member = 0; member < 3; member++)
        {
            Assert.Equal(Bits.Of(Values(initialiser, [4 + member], [OfMembers[member]])[0]), Bits.Of(together[member]));
        }
    }

    /// <summary>To 12 decimals: a libm may round its logarithms otherwise.</summary>
    [Theory]
    [MemberData(nameof(Pinned))]
    public void A_seed_keeps_its_numbers_from_version_to_version(string initialiser, double first, double last)
    {
        var values = Values(initialiser, [4], [new InitialParameters(1.3, 2, 0.1)])[0];
        Assert.Equal((first, last), (Math.Round(values[0], 12), Math.Round(values[^1], 12)));
    }

    public static TheoryData<string, double, double> Pinned => new()
    {
        { "xavier-normal", 0.369685224657, -0.300985181104 },
        { "he-uniform", -0.615808899954, 0.091017642826 },
        { "pytorch", -0.251402930659, -0.340176335556 },
        { "scaled-normal", 0.484031578657, -0.300985181104 },
    };

    private static double[][] Values(string initialiser, long[] seeds, InitialParameters[] parameters)
    {
        MemberSeed[] members = [.. seeds.Select(seed => new MemberSeed(seed))];
        using var model = new DeepMlp(new ModelBlueprint(Shape, () => new Nonlinearity(new Tanh()), members, float64, CPU));
        model.Initialise(members, InitialiserRegistry.Find(initialiser), parameters);
        var all = HostCopy.Doubles(model.Parameters.Values);
        model.Parameters.Dispose();
        return [.. all.Chunk(all.Length / seeds.Length)];
    }
}
