using GradTorch.Analysis.Statistics;

namespace GradTorch.Analysis.Dynamics;

/// <summary>How far predicted probabilities are from what came: each is of a model that never saw that member.</summary>
/// <param name="Brier">Mean of (P − outcome)², 0 at best.</param>
/// <param name="BaseBrier">The same where P is the share that vanished of the other members: what needs no predictor.</param>
/// <param name="Bins">Fifths of P that hold something, from below.</param>
public sealed record Calibration(double Brier, double BaseBrier, IReadOnlyList<CalibrationBin> Bins)
{
    private const int Fifths = 5;

    /// <summary>Leaves out one member after the other. Others that have one outcome only predict that one.</summary>
    /// <returns>Null of fewer than two members.</returns>
    internal static Calibration? LeavingMembersOut(IReadOnlyList<(int Member, double[] Predictors, bool Outcome)> rows)
    {
        var members = rows.Select(row => row.Member).Distinct().ToList();
        return members.Count < 2 ? null : Of([.. members.SelectMany(member => Predicted(rows, member))]);
    }

    internal static Calibration Of(IReadOnlyList<(double Probability, double Base, bool Outcome)> predictions)
    {
        static double Square(double probability, bool outcome) => Math.Pow(probability - (outcome ? 1 : 0), 2);
        return new Calibration(
            predictions.Average(one => Square(one.Probability, one.Outcome)), predictions.Average(one => Square(one.Base, one.Outcome)),
            [
                .. predictions.GroupBy(one => Math.Min(Fifths - 1, (int)(Fifths * one.Probability))).OrderBy(bin => bin.Key).Select(bin => new CalibrationBin(
                    bin.Key / (double)Fifths, (bin.Key + 1) / (double)Fifths, bin.Average(one => one.Probability), bin.Count(one => one.Outcome), bin.Count())),
            ]);
    }

    private static IEnumerable<(double Probability, double Base, bool Outcome)> Predicted(
        IReadOnlyList<(int Member, double[] Predictors, bool Outcome)> rows, int member)
    {
        var others = rows.Where(row => row.Member != member).ToList();
        var scale = Standardisation.Of([.. others.Select(row => row.Predictors)]);
        var fit = LogisticFit.Of([.. others.Select(row => scale.Apply(row.Predictors))], [.. others.Select(row => row.Outcome)]);
        var share = others.Count(row => row.Outcome) / (double)others.Count;
        return rows.Where(row => row.Member == member).Select(row => (fit?.Probability(scale.Apply(row.Predictors)) ?? share, share, row.Outcome));
    }
}

/// <summary>Predictions from one probability to another.</summary>
/// <param name="Predicted">Their mean.</param>
/// <param name="Vanished">How many of them had vanished.</param>
public sealed record CalibrationBin(double From, double To, double Predicted, int Vanished, int Count)
{
    public double Observed => (double)Vanished / Count;
}
