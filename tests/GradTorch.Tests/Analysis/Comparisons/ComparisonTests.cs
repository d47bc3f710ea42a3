using GradTorch.Analysis.Comparisons;
using GradTorch.Runs;

namespace GradTorch.Tests.Analysis.Comparisons;

/// <summary>Comparisons of runs written by hand, with the numbers of their members' last evaluations.</summary>
public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_clear_difference_on_common_seeds_is_found_by_t()
    {
        var pair = Compare([0.81, 0.83, 0.82, 0.84, 0.80], [0.71, 0.74, 0.70, 0.73, 0.72]);

        Assert.Equal((ComparisonOutcome.Better, ComparisonTest.PairedT), (pair.Outcome, pair.Test));
        Assert.Equal((5, 0), (pair.Seeds, pair.Unpaired));
        // Differences 0.10, 0.09, 0.12, 0.11, 0.08: mean 0.1, deviation 0.0158.
        Assert.Equal(0.1, pair.Difference!.Mean, 1e-12);
        Assert.Equal(0.1 / Math.Sqrt(0.00025), pair.Effect!.Value, 1e-9);
        Assert.Equal(pair.PValue, pair.Adjusted);
        Assert.Equal(ComparisonOutcome.Worse, Compare([0.71, 0.74, 0.70], [0.81, 0.83, 0.84]).Outcome);
    }

    [Fact]
    public void Of_a_loss_the_smaller_is_the_better()
    {
        var comparison = Comparison.Of([Variant("a", Losses(0.1, 0.2, 0.3)), Variant("b", Losses(1.1, 1.3, 1.2))]);

        Assert.Same(ComparedMeasure.Loss, comparison.Measure);
        Assert.Equal(ComparisonOutcome.Better, comparison.Pairs[0].Outcome);
        Assert.Equal(-1, comparison.Pairs[0].Difference!.Mean, 1e-12);
    }

    [Fact]
    public void What_may_be_chance_is_undecided_with_the_seeds_that_would_decide_it()
    {
        var pair = Compare([0.80, 0.82, 0.84], [0.79, 0.84, 0.80]);

        Assert.Equal(ComparisonOutcome.Undecided, pair.Outcome);
        Assert.InRange(pair.SeedsNeeded!.Value, 4, 100);
        Assert.False(pair.IsOutOfReach);
    }

    [Fact]
    public void Pairs_are_of_the_same_seed_whatever_the_order()
    {
        var first = Variant("a", [Member(3, 0.5), Member(7, 0.6), Member(9, 0.7)]);
        var second = Variant("b", [Member(9, 0.7), Member(3, 0.5), Member(8, 0.1)]);
        var pair = Comparison.Of([first, second]).Pairs[0];

        Assert.Equal((2, 2, 0), (pair.Seeds, pair.Unpaired, pair.Difference!.Mean));
        Assert.Equal((ComparisonTest.Wilcoxon, 1.0, ComparisonOutcome.Undecided), (pair.Test, pair.PValue, pair.Outcome));
    }

    [Fact]
    public void A_diverged_member_is_worse_than_any_and_never_dropped()
    {
        var first = Variant("a", [.. Enumerable.Range(0, 7).Select(seed => Member(seed, 0.1))]);
        var second = Variant("b", [.. Enumerable.Range(0, 7).Select(seed => Member(seed, null, MemberStatus.Diverged))]);
        var pair = Comparison.Of([first, second]).Pairs[0];

        Assert.Equal((ComparisonTest.Wilcoxon, 7, ComparisonOutcome.Better), (pair.Test, pair.Seeds, pair.Outcome));
        Assert.Equal(2 / 128.0, pair.PValue!.Value, 1e-15);
        Assert.Null(pair.Difference);
        Assert.Equal(7, second.Diverged);
    }

    [Fact]
    public void Two_that_diverged_do_not_differ()
    {
        var first = Variant("a", [Member(0, null, MemberStatus.Diverged), Member(1, 0.5)]);
        var pair = Comparison.Of([first, first with { Name = "b" }]).Pairs[0];

        Assert.Equal((2, 1.0, ComparisonOutcome.Undecided), (pair.Seeds, pair.PValue, pair.Outcome));
    }

    [Fact]
    public void A_test_that_so_few_seeds_can_t_decide_says_so()
    {
        var first = Variant("a", [.. Enumerable.Range(0, 5).Select(seed => Member(seed, 0.9))]);
        var second = Variant("b", [.. Enumerable.Range(0, 5).Select(seed => Member(seed, null, MemberStatus.Diverged))]);
        var pair = Comparison.Of([first, second]).Pairs[0];

        Assert.Equal((0.0625, true, 6.0), (pair.PValue, pair.IsOutOfReach, pair.SeedsNeeded));
        Assert.Equal(ComparisonOutcome.Undecided, pair.Outcome);
    }

    [Fact]
    public void One_common_seed_is_no_test() =>
        Assert.Equal((ComparisonTest.None, null, ComparisonOutcome.Undecided), Compare([0.5], [0.6]) is var pair ? (pair.Test, pair.PValue, pair.Outcome) : default);

    [Fact]
    public void Holm_corrects_for_all_pairs_together()
    {
        var pairs = Comparison.Of(
        [
            Variant("a", Accuracies(0.80, 0.81, 0.83)), Variant("b", Accuracies(0.70, 0.73, 0.72)), Variant("c", Accuracies(0.69, 0.74, 0.71)),
        ]).Pairs;

        Assert.Equal(["a b", "a c", "b c"], pairs.Select(pair => $"{pair.First.Name} {pair.Second.Name}"));
        Assert.Equal(
            GradTorch.Analysis.Statistics.Holm.Adjust([.. pairs.Select(pair => pair.PValue!.Value)]), pairs.Select(pair => pair.Adjusted!.Value));
        Assert.All(pairs, pair => Assert.True(pair.Adjusted >= pair.PValue));
    }

    [Fact]
    public void Other_data_and_other_steps_are_not_comparable()
    {
        var one = Variant("a", Accuracies(0.80, 0.81, 0.83));
        var otherData = one with { Name = "b", DataChecksum = "other" };
        var otherSteps = one with { Name = "c", Members = [.. one.Members.Select(member => member with { Step = 7 })] };
        var pairs = Comparison.Of([one, otherData, otherSteps]).Pairs;

        Assert.All(pairs, pair => Assert.Equal((ComparisonOutcome.NotComparable, null), (pair.Outcome, pair.PValue)));
        Assert.StartsWith("they learn from other data (", pairs[0].Obstacle);
        Assert.Equal("they were trained for other numbers of steps (100 and 7)", pairs[1].Obstacle);
    }

    [Fact]
    public void Steps_to_the_target_count_those_that_never_reach_it_as_infinitely_many()
    {
        var first = Variant("a", [.. Enumerable.Range(0, 8).Select(seed => Member(seed, 0.9) with { StepsToTarget = 10 + seed })]);
        var second = Variant("b", [.. Enumerable.Range(0, 8).Select(seed => Member(seed, 0.5))]);
        var pair = Comparison.Of([first, second], new ComparedTarget(IsAccuracy: true, 0.8), ComparedMeasure.Steps).Pairs[0];

        Assert.Equal((ComparisonTest.Wilcoxon, ComparisonOutcome.Better), (pair.Test, pair.Outcome));
    }

    [Theory]
    [InlineData(true, 0.8, 20L)]
    [InlineData(true, 0.95, null)]
    [InlineData(false, 0.5, 10L)]
    public void The_target_is_reached_at_the_first_evaluation_that_is_as_good(bool isAccuracy, double value, long? step) =>
        Assert.Equal(step, new ComparedTarget(isAccuracy, value).FirstIn(
        [
            new EvaluationRow(0, 0, "test", 2, 0.1), new EvaluationRow(10, 0, "test", 0.5, 0.79), new EvaluationRow(20, 0, "test", double.NaN, 0.8),
            new EvaluationRow(30, 0, "test", 0.1, 0.9),
        ]));

    private PairComparison Compare(double[] first, double[] second) =>
        Comparison.Of([Variant("a", Accuracies(first)), Variant("b", Accuracies(second))]).Pairs[0];

    private static ComparedMember[] Accuracies(params double[] values) => [.. values.Select((value, seed) => Member(seed, value))];

    private static ComparedMember[] Losses(params double[] values) =>
        [.. values.Select((value, seed) => Member(seed, null) with { Loss = value })];

    private static ComparedMember Member(long seed, double? accuracy, MemberStatus status = MemberStatus.Finished) =>
        new(seed, status, Step: 100, Loss: 1, accuracy, StepsToTarget: null, Verdicts: null);

    private ComparedVariant Variant(string name, ComparedMember[] members)
    {
        var directory = RunDirectory.Create(folder.Path, name);
        directory.WriteConfig("{}");
        return new ComparedVariant(name, directory.Path, directory.ReadConfig(), "data", DateTimeOffset.UnixEpoch, null, members);
    }
}
