namespace GradTorch.Analysis.Dynamics;

/// <summary>Predictors less their means, by their standard deviations.</summary>
/// <param name="Deviations">n in the denominator; 0 of a predictor that is the same everywhere.</param>
internal sealed record Standardisation(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <param name="rows">One at least.</param>
    public static Standardisation Of(IReadOnlyList<double[]> rows)
    {
        double[] means = [.. rows[0].Select((_, column) => rows.Average(row => row[column]))];
        return new Standardisation(
            means, [.. means.Select((mean, column) => Math.Sqrt(rows.Average(row => (row[column] - mean) * (row[column] - mean))))]);
    }

    /// <summary>0 for a predictor without spread.</summary>
    public double[] Apply(double[] row) =>
        [.. row.Select((value, column) => Deviations[column] == 0 ? 0 : (value - Means[column]) / Deviations[column])];
}
