using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Dynamics;

/// <summary>The logistic model of P(vanished after k steps | statistics of the first record), over members and places.</summary>
/// <param name="Step">The last step of a record of which the outcome is, at or before the first and k.</param>
/// <param name="Observations">Members and places with a known outcome.</param>
/// <param name="Vanished">Those of them that had vanished.</param>
/// <param name="LeftOut">Members and places without: the member had diverged by then, or the state can't be told.</param>
/// <param name="Obstacle">Why there is no model, in words; null where there is one.</param>
/// <param name="Intercept">NaN where there is no model.</param>
/// <param name="Terms">The predictors with their slopes; none where there is no model.</param>
/// <param name="IsSeparated">Whether P is above ½ for all that vanished and for no other: the slopes are as large as the penalty
/// lets them be.</param>
/// <param name="Calibration">Null where there is no model, and of fewer than two members.</param>
public sealed record VanishingModel(
    long? Step, int Observations, int Vanished, int LeftOut, string? Obstacle, double Intercept, IReadOnlyList<ModelTerm> Terms, bool IsSeparated,
    Calibration? Calibration)
{
    /// <param name="steps">k.</param>
    internal static VanishingModel Of(IReadOnlyList<MemberStates> members, InitialStatistics initial, long steps)
    {
        var known = new List<(int Member, double[] Predictors, bool Outcome)>();
        var leftOut = 0;
        var records = members.Select(member => (Member: member, Record: member.RecordWithin(steps))).ToList();
        long? step = records.Max(own => own.Record is { } record ? own.Member.Steps[record] : (long?)null);
        foreach (var (member, record) in records)
        {
            for (var place = 0; place < initial.Places; place++)
            {
                // A record before that step is the last of a member that diverged.
                var state = record is { } index && member.Steps[index] == step ? member.Places[index][place] : GradientState.Unknown;
                var predictors = initial.Of(member.Member, place);
                if (state == GradientState.Unknown || !predictors.All(double.IsFinite)) leftOut++;
                else known.Add((member.Member, predictors, state == GradientState.Vanished));
            }
        }
        var vanished = known.Count(row => row.Outcome);
        var none = new VanishingModel(step, known.Count, vanished, leftOut, null, double.NaN, [], false, null);
        if (step is null) return none with { Obstacle = "no record follows the first within these steps" };
        if (known.Count == 0) return none with { Obstacle = "of no member the outcome is known" };
        if (vanished == 0) return none with { Obstacle = "none had vanished, and a model needs both outcomes" };
        if (vanished == known.Count) return none with { Obstacle = "all had vanished, and a model needs both outcomes" };
        var scale = Standardisation.Of([.. known.Select(row => row.Predictors)]);
        var fit = LogisticFit.Of([.. known.Select(row => scale.Apply(row.Predictors))], [.. known.Select(row => row.Outcome)])!;
        return none with
        {
            Intercept = fit.Intercept,
            Terms = [.. initial.Names.Select((name, index) => new ModelTerm(name, scale.Means[index], scale.Deviations[index], fit.Slopes[index]))],
            IsSeparated = fit.Separates(known.Select(row => (scale.Apply(row.Predictors), row.Outcome))),
            Calibration = Calibration.LeavingMembersOut(known),
        };
    }
}

/// <summary>A predictor of the model.</summary>
/// <param name="Mean">Over the observations.</param>
/// <param name="Deviation">Standard deviation; 0 of one that is the same everywhere, which has the slope 0.</param>
/// <param name="Slope">Of the logit, for one standard deviation more.</param>
public sealed record ModelTerm(string Name, double Mean, double Deviation, double Slope);
