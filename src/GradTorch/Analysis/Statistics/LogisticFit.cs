using MathNet.Numerics.LinearAlgebra;

namespace GradTorch.Analysis.Statistics;

/// <summary>Logistic regression, P(outcome | x) = σ(b + w·x), by Newton's method on the log-likelihood less λ‖w‖²/2: the penalty keeps
/// the slopes finite where the predictors separate the outcomes. The intercept is free of it.</summary>
/// <param name="Slopes">In the order of the predictors.</param>
public sealed record LogisticFit(double Intercept, IReadOnlyList<double> Slopes)
{
    /// <summary>λ, for predictors of standard deviation 1.</summary>
    public const double Penalty = 0.1;

    private const int MostSteps = 100;

    /// <summary>Of the largest change of a coefficient, where Newton's steps end.</summary>
    private const double Tolerance = 1e-10;

    /// <param name="predictors">Rows, finite.</param>
    /// <param name="outcomes">Of the rows.</param>
    /// <returns>Null where all outcomes are alike, which no finite intercept fits best.</returns>
    public static LogisticFit? Of(IReadOnlyList<double[]> predictors, IReadOnlyList<bool> outcomes)
    {
        if (outcomes.Distinct().Count() < 2) return null;
        var x = Matrix<double>.Build.DenseOfRowArrays(predictors.Select(row => (double[])[1, .. row]));
        var y = Vector<double>.Build.DenseOfEnumerable(outcomes.Select(outcome => outcome ? 1.0 : 0));
        var penalty = Vector<double>.Build.Dense(x.ColumnCount, column => column == 0 ? 0 : Penalty);
        var coefficients = Vector<double>.Build.Dense(x.ColumnCount);
        for (var step = 0; step < MostSteps; step++)
        {
            var change = NewtonStep(x, y, penalty, coefficients);
            // A full step may overshoot where the likelihood is flat.
            var before = Merit(x, y, penalty, coefficients);
            while (Merit(x, y, penalty, coefficients + change) < before && change.AbsoluteMaximum() > Tolerance) change /= 2;
            coefficients += change;
            if (change.AbsoluteMaximum() <= Tolerance) break;
        }
        return new LogisticFit(coefficients[0], [.. coefficients.Skip(1)]);
    }

    public double Probability(IReadOnlyList<double> predictors) => Sigmoid(Logit(predictors));

    /// <summary>Whether no outcome is on the other side of P = ½.</summary>
    public bool Separates(IEnumerable<(double[] Predictors, bool Outcome)> rows) => rows.All(row => Logit(row.Predictors) > 0 == row.Outcome);

    private double Logit(IReadOnlyList<double> predictors) => Intercept + Slopes.Zip(predictors, (slope, value) => slope * value).Sum();

    private static Vector<double> NewtonStep(Matrix<double> x, Vector<double> y, Vector<double> penalty, Vector<double> coefficients)
    {
        var p = (x * coefficients).Map(Sigmoid);
        var gradient = x.TransposeThisAndMultiply(y - p) - penalty.PointwiseMultiply(coefficients);
        var weighted = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, (row, column) => p[row] * (1 - p[row]) * x[row, column]);
        var curvature = x.TransposeThisAndMultiply(weighted) + Matrix<double>.Build.DenseOfDiagonalVector(penalty);
        return curvature.Solve(gradient);
    }

    /// <summary>The log-likelihood less the penalty.</summary>
    private static double Merit(Matrix<double> x, Vector<double> y, Vector<double> penalty, Vector<double> coefficients)
    {
        var logits = x * coefficients;
        // ln σ(±η) without overflow.
        var likelihood = logits.Zip(y, (logit, outcome) => outcome * logit - Math.Max(0, logit) - Math.Log(1 + Math.Exp(-Math.Abs(logit)))).Sum();
        return likelihood - penalty.PointwiseMultiply(coefficients).DotProduct(coefficients) / 2;
    }

    private static double Sigmoid(double logit)
    {
        var small = Math.Exp(-Math.Abs(logit));
        return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
