using System.Text.Json;
using GradTorch.Analysis.Dynamics;
using GradTorch.Analysis.Statistics;
using GradTorch.Analysis.Verdicts;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Tests.Fixtures;
using static GradTorch.Analysis.Dynamics.GradientState;

namespace GradTorch.Tests.Analysis.Dynamics;

/// <summary>Models against those that scipy's minimiser finds, member left out by member: tests/Fixtures/dynamics.py.</summary>
public sealed class VanishingModelTests
{
    private static readonly string[] Names = ["hidden1", "hidden2", "hidden3"];

    public static TheoryData<int> Regressions => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Coefficients_and_calibration_are_scipy_s(int index)
    {
        var sample = PyTorchFixture.Read("dynamics.json").GetProperty("regressions")[index];
        var members = Numbers(sample, "member").Select(member => (int)member);
        var predictors = sample.GetProperty("predictors").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray());
        var outcomes = sample.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetBoolean());
        var rows = members.Zip(predictors, outcomes).ToList();
        var scale = Standardisation.Of([.. rows.Select(row => row.Second)]);
        var fit = LogisticFit.Of([.. rows.Select(row => scale.Apply(row.Second))], [.. rows.Select(row => row.Third)])!;
        var calibration = Calibration.LeavingMembersOut(rows)!;

        Assert.Equal(sample.Double("intercept"), fit.Intercept, 1e-6);
        Assert.All(Numbers(sample, "slopes").Zip(fit.Slopes), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(sample.Double("brier"), calibration.Brier, 1e-7);
        Assert.Equal(sample.Double("base_brier"), calibration.BaseBrier, 1e-12);
        Assert.Equal(
            sample.GetProperty("bins").EnumerateArray().Select(bin => (bin.Int("bin") / 5.0, bin.Int("vanished"), bin.Int("count"))),
            calibration.Bins.Select(bin => (bin.From, bin.Vanished, bin.Count)));
        Assert.All(
            sample.GetProperty("bins").EnumerateArray().Zip(calibration.Bins), pair => Assert.Equal(pair.First.Double("predicted"), pair.Second.Predicted, 1e-6));
    }

    [Fact]
    public void The_outcome_is_that_of_the_last_record_within_so_many_steps()
    {
        // First place: vanished from step 10 on; second: at step 20.
        MemberStates[] members = [Member(0, [Alive, Alive], [Vanished, Alive], [Vanished, Vanished]), Member(1, [Alive, Alive], [Alive, Alive], [Alive, Vanished])];

        Assert.Equal((10, 4, 1), Counts(Model(members, after: 10)));
        Assert.Equal((10, 4, 1), Counts(Model(members, after: 19)));
        Assert.Equal((20, 4, 3), Counts(Model(members, after: 20)));
        Assert.Equal((20, 4, 3), Counts(Model(members, after: 1_000_000)));
        Assert.Equal("no record follows the first within these steps", Model(members, after: 9).Obstacle);
    }

    [Fact]
    public void What_is_not_known_of_members_that_diverged_before_is_left_out_and_counted()
    {
        var model = Model([Member(0, [Alive, Alive], [Vanished, Alive], [Vanished, Alive]), Member(1, [Alive, Alive], [Alive, Unknown])], after: 20);

        Assert.Equal((20, 2, 1), Counts(model));
        Assert.Equal(2, model.LeftOut);
        Assert.Null(model.Obstacle);
        Assert.Null(model.Calibration);
    }

    [Fact]
    public void Of_one_outcome_there_is_no_model_and_it_is_told_why()
    {
        var alive = Model([Member(0, [Alive, Alive], [Alive, Alive])], after: 10);
        var vanished = Model([Member(0, [Alive, Alive], [Vanished, Vanished])], after: 10);
        var unknown = Model([Member(0, [Alive, Alive], [Unknown, Unknown])], after: 10);

        Assert.Equal("none had vanished, and a model needs both outcomes", alive.Obstacle);
        Assert.Equal("all had vanished, and a model needs both outcomes", vanished.Obstacle);
        Assert.Equal("of no member the outcome is known", unknown.Obstacle);
        Assert.All([alive, vanished, unknown], model => Assert.Empty(model.Terms));
    }

    [Fact]
    public void Predictors_are_those_of_the_first_record()
    {
        var model = Model([Member(0, [Alive, Alive], [Vanished, Alive]), Member(1, [Alive, Alive], [Vanished, Alive])], after: 10);

        // ‖δ‖ of 0.1 and 0 by 10; ‖W‖ 2 and 3; standard deviation 0.5 and 1; nothing saturated.
        Assert.Equal(["ln_delta_ratio", "ln_weight", "activation_std", "saturated"], model.Terms.Select(term => term.Name));
        Assert.Equal((Math.Log(0.01) + Math.Log(float.Epsilon / 10.0)) / 2, model.Terms[0].Mean, 1e-9);
        Assert.Equal(Math.Log(6) / 2, model.Terms[1].Mean, 1e-12);
        Assert.Equal((0.75, 0.25), (model.Terms[2].Mean, model.Terms[2].Deviation));
        Assert.Equal((0.0, 0.0, 0.0), (model.Terms[3].Mean, model.Terms[3].Deviation, model.Terms[3].Slope));
        Assert.True(model.IsSeparated);
        Assert.True(model.Terms[0].Slope > 0);
    }

    private static (long?, int, int) Counts(VanishingModel model) => (model.Step, model.Observations, model.Vanished);

    private static VanishingModel Model(MemberStates[] members, long after)
    {
        IReadOnlyList<double> Quantities(double delta, double weight, double std)
        {
            var all = new double[LayerQuantities.Count];
            (all[(int)LayerQuantity.PreactivationGradient], all[(int)LayerQuantity.Weight], all[(int)LayerQuantity.ActivationStd]) = (delta, weight, std);
            return all;
        }
        var first = members.ToDictionary(member => member.Member, member =>
            new RouteRecord(0, member.Member, [Quantities(0.1, 2, 0.5), Quantities(0, 3, 1), Quantities(10, 4, 1)]));
        return VanishingModel.Of(members, InitialStatistics.Of(new GradientRoute(null, Names), first), after);
    }

    /// <summary>With a record every 10 steps, and the last place alive in each.</summary>
    private static MemberStates Member(int member, params GradientState[][] records) => new(
        member, member, MemberStatus.Finished, [.. records.Select((_, record) => 10L * record)],
        [.. records.Select(record => (IReadOnlyList<GradientState>)[.. record, Alive])]);

    private static double[] Numbers(JsonElement sample, string name) =>
        [.. sample.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
