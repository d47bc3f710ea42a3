using GradTorch.Analysis.Dynamics;
using GradTorch.Runs;
using static GradTorch.Analysis.Dynamics.GradientState;

namespace GradTorch.Tests.Analysis.Dynamics;

/// <summary>Chains of states written by hand, and of chains that were drawn with known probabilities.</summary>
public sealed class PlaceChainTests
{
    [Fact]
    public void Transitions_are_counted_over_all_members()
    {
        var chain = PlaceChain.Of(0, "hidden1", [Member("AAVVA"), Member("VVV"), Member("AAAA")]);

        // A to A, V and back: member 1 has A A, A V, V V, V A; member 2 V V twice; member 3 A A three times.
        Assert.Equal((1, 5, 2, 1), (chain.Vanishing.Count, chain.Vanishing.Chances, chain.Vanishing.Members, chain.Vanishing.MembersLeft));
        Assert.Equal((1, 4, 2, 1), (chain.Return.Count, chain.Return.Chances, chain.Return.Members, chain.Return.MembersLeft));
        Assert.Equal((1, 1, 0), (chain.VanishedFirst, chain.VanishedLast, chain.Unknown));
        Assert.Equal(VanishingStreet.TwoWay, chain.Street);
        Assert.Null(chain.ReturnBound);
        var (mean, low, high) = chain.Vanishing.Records!.Value;
        Assert.Equal(5, mean, 1e-12);
        Assert.Equal(1 / chain.Vanishing.Probability!.High, low, 1e-12);
        Assert.Equal(1 / chain.Vanishing.Probability!.Low, high, 1e-9);
    }

    [Fact]
    public void Where_none_came_back_the_street_is_one_way_with_the_bound_of_what_never_happened()
    {
        var chain = PlaceChain.Of(0, "hidden1", [Member("AVVV"), Member("VVVVVV")]);

        Assert.Equal(VanishingStreet.OneWay, chain.Street);
        Assert.Equal(1 - Math.Pow(0.05, 1.0 / 7), chain.ReturnBound!.Value, 1e-12);
        Assert.Equal(1 - Math.Sqrt(0.05), chain.MemberReturnBound!.Value, 1e-12);
        Assert.Equal(double.PositiveInfinity, chain.Return.Records!.Value.Mean);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("AAAV")]
    [InlineData("AV?")]
    public void Where_no_state_follows_a_vanished_one_the_street_is_unseen(string states)
    {
        var chain = PlaceChain.Of(0, "hidden1", [Member(states)]);

        Assert.Equal(VanishingStreet.Unseen, chain.Street);
        Assert.Null(chain.Return.Probability);
        Assert.Null(chain.Return.Records);
    }

    [Fact]
    public void What_never_vanished_has_a_lower_bound_of_the_time_it_takes()
    {
        var (mean, low, high) = PlaceChain.Of(0, "hidden1", [Member("AAAAA")]).Vanishing.Records!.Value;

        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (mean, high));
        Assert.Equal(1 / (1 - Math.Pow(0.025, 0.25)), low, 1e-9);
    }

    [Fact]
    public void States_that_can_t_be_told_censor_what_leads_to_them_and_from_them()
    {
        var chain = PlaceChain.Of(0, "hidden1", [Member("AA?VV"), Member("AV??") with { Status = MemberStatus.Diverged }]);

        Assert.Equal((1, 2), (chain.Vanishing.Count, chain.Vanishing.Chances));
        Assert.Equal((0, 1), (chain.Return.Count, chain.Return.Chances));
        Assert.Equal(3, chain.Unknown);
        Assert.Equal(1, chain.VanishedLast);
    }

    [Fact]
    public void Each_place_has_its_own()
    {
        var member = Member("AAV") with { Places = [[Alive, Vanished], [Alive, Vanished], [Vanished, Alive]] };

        Assert.Equal((1, 2), PlaceChain.Of(0, "a", [member]).Vanishing is var first ? (first.Count, first.Chances) : default);
        Assert.Equal((1, 2), PlaceChain.Of(1, "b", [member]).Return is var second ? (second.Count, second.Chances) : default);
    }

    /// <summary>Of 400 drawn experiments the intervals of 95 % miss the truth no more than chance allows, and the estimates are right in
    /// the mean.</summary>
    [Theory]
    [InlineData(0.1, 0.3)]
    [InlineData(0.02, 0.005)]
    public void Drawn_chains_give_back_their_probabilities(double vanishing, double coming)
    {
        const int Experiments = 400;
        var random = new Random(17);
        var chains = Enumerable.Range(0, Experiments).Select(_ => PlaceChain.Of(
            0, "hidden1", [.. Enumerable.Range(0, 8).Select(_ => Member(Draw(random, vanishing, coming, records: 60)))])).ToList();

        foreach (var (exits, truth) in new[] { (chains.Select(chain => chain.Vanishing), vanishing), (chains.Select(chain => chain.Return), coming) })
        {
            var seen = exits.Where(exit => exit.Chances > 0).ToList();
            var covered = seen.Count(exit => exit.Probability!.Low <= truth && truth <= exit.Probability.High);
            Assert.InRange(covered / (double)seen.Count, 0.94, 1);
            Assert.InRange(seen.Sum(exit => exit.Count) / (double)seen.Sum(exit => exit.Chances), 0.9 * truth, 1.1 * truth);
        }
    }

    /// <summary>The mean of first passages that were drawn one by one.</summary>
    [Fact]
    public void The_expected_time_is_how_long_drawn_chains_take_to_vanish()
    {
        var random = new Random(3);
        var members = Enumerable.Range(0, 2000).Select(_ =>
        {
            var states = "A";
            while (states[^1] == 'A') states += random.NextDouble() < 0.05 ? 'V' : 'A';
            return Member(states);
        }).ToList();

        var (mean, low, high) = PlaceChain.Of(0, "hidden1", members).Vanishing.Records!.Value;
        Assert.Equal(members.Average(member => member.Steps.Count - 1.0), mean, 1e-9);
        Assert.InRange(20, low, high);
        Assert.InRange(mean, 19, 21);
    }

    private static string Draw(Random random, double vanishing, double coming, int records)
    {
        var states = "A";
        while (states.Length < records)
            states += states[^1] == 'A' ? (random.NextDouble() < vanishing ? 'V' : 'A') : random.NextDouble() < coming ? 'A' : 'V';
        return states;
    }

    /// <summary>A member of one place, with a letter for each record.</summary>
    private static MemberStates Member(string states) => new(
        0, 0, MemberStatus.Finished, [.. states.Select((_, record) => 10L * record)],
        [.. states.Select(state => (IReadOnlyList<GradientState>)[state switch { 'A' => Alive, 'V' => Vanished, _ => Unknown }])]);
}
