using GradTorch.Gradients;
using static TorchSharp.torch;

namespace GradTorch.Tests;

public sealed class MemberSeedTests
{
    [Fact]
    public void The_streams_of_ten_thousand_seeds_are_all_different()
    {
        var draws = Enumerable.Range(0, 5000).SelectMany(seed => new[]
        {
            First(new MemberSeed(seed).ForWeights()), First(new MemberSeed(seed).ForDataOrder()),
            First(new MemberSeed(seed).ForDropout(CPU)),
        }).ToList();
        Assert.Equal(draws.Count, draws.Distinct().Count());
        // Near seeds are as good as far ones: the first numbers are uniform.
        Assert.InRange(draws.Average(), 0.49, 0.51);
    }

    [Fact]
    public void A_stream_begins_the_same_every_time() =>
        Assert.Equal(First(new MemberSeed(-3).ForWeights()), First(new MemberSeed(-3).ForWeights()));

    private static double First(Generator generator)
    {
        using (generator)
        using (var drawn = rand([1], float64, generator: generator)) return HostCopy.Doubles(drawn)[0];
    }
}
