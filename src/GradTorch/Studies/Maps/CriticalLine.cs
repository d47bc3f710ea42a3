using GradTorch.Configuration;
using GradTorch.Initialisation;
using MathNet.Numerics.RootFinding;

namespace GradTorch.Studies.Maps;

/// <summary>Where in a map mean-field theory has χ₁ = 1 at initialisation: gradients of wide layers keep their size. Schoenholz et al.
/// 2017, arXiv 1611.01232.</summary>
/// <param name="Pieces">What hangs together, point after point; none where the line does not cross the map, and without theory.</param>
/// <param name="Obstacle">Why theory does not cover the map, in words; null if it does.</param>
public sealed record CriticalLine(IReadOnlyList<IReadOnlyList<(double X, double Y)>> Pieces, string? Obstacle)
{
    /// <summary>Values of the one axis at which the line is sought along the other; fewer where each has critical variances of its own.</summary>
    private const int MostSteps = 129, MostSlowSteps = 33;

    /// <summary>Values of the other between which it is.</summary>
    private const int Samples = 9;

    /// <summary>Where the line is steep it is sought in between, halving at most so often: tanh's leaves σ_b² = 0 like a square root.</summary>
    private const int MostHalvings = 12;

    private const double Zero = 1e-12;

    public static CriticalLine Of(MapPlan plan)
    {
        if (ObstacleOf(plan.Experiment) is { } obstacle) return new CriticalLine([], obstacle);
        using var field = new CriticalField(plan.Experiment, plan.X.Key, plan.Y.Key);
        // Sought along the axis that goes by weights alone, for which the critical variance is the same everywhere, or else along one that counts.
        var alongX = CriticalField.IsOfWeights(plan.X.Key) || (CriticalField.Counts(plan.X.Key) && !CriticalField.IsOfWeights(plan.Y.Key));
        if (!CriticalField.Counts(plan.X.Key) && !CriticalField.Counts(plan.Y.Key))
            return new CriticalLine([], $"theory goes by weights, biases and activation at initialisation, and neither {plan.X.Key} nor {plan.Y.Key} is any of them");
        var steps = CriticalField.IsOfWeights(plan.X.Key) || CriticalField.IsOfWeights(plan.Y.Key) ? MostSteps : MostSlowSteps;
        return new CriticalLine(
            alongX
                ? Trace(plan.Y, plan.X, steps, (y, x) => field.Excess(x, y), (y, x) => (x, y))
                : Trace(plan.X, plan.Y, steps, field.Excess, (x, y) => (x, y)),
            Obstacle: null);
    }

    private static string? ObstacleOf(Experiment experiment)
    {
        var model = experiment.Model;
        var entry = InitialiserRegistry.All.First(entry => entry.Name == model.Init.Kind);
        var variance = entry.Initialiser.WeightVariance(model.Width, model.Width, InitialParameters.Of(model.Init));
        return model switch
        {
            { Kind: not "mlp" } => $"theory has a critical line for mlp, and model:kind is '{model.Kind}'",
            { Depth: 1 } => "theory is of weights between hidden layers, and there is one hidden layer",
            { Norm: not "none" } => $"theory does not cover normalisation, and model:norm is '{model.Norm}'",
            { Dropout: > 0 } => "theory does not cover dropout (model:dropout)",
            { Init.BiasMean: not 0 } => "theory is of biases of mean 0 (model:init:biasMean)",
            _ when variance is null => $"theory is of weights that are alike and of mean 0, and those of '{model.Init.Kind}' are not",
            _ when !entry.Options.Contains("biasVariance") => $"'{model.Init.Kind}' has biases of its own, of which theory does not know",
            _ when experiment.Precision.IsNarrow() => $"theory does not cover precision '{experiment.Precision.Name()}'",
            _ => null,
        };
    }

    /// <summary>Finds the line along one axis for one value of the other after the other, and in between where it goes on by more than two
    /// such steps of the one.</summary>
    private static List<List<(double, double)>> Trace(
        MapAxis stepped, MapAxis along, int steps, Func<double, double, double> excess, Func<double, double, (double, double)> place)
    {
        var samples = (along with { Count = Math.Min(along.Count, Samples) }).Values;
        var (pieces, open) = (new List<List<(double, double)>>(), new List<List<(double, double)>>());
        var found = (stepped with { Count = Math.Min(stepped.Count, steps) }).Values.Select(At).ToArray();
        foreach (var (step, roots) in found.Take(1).Concat(found.Zip(found.Skip(1)).SelectMany(pair => After(pair.First, pair.Second, MostHalvings))))
        {
            if (roots.Length != open.Count)
            {
                open = [.. roots.Select(_ => new List<(double, double)>())];
                pieces.AddRange(open);
            }
            foreach (var (piece, root) in open.Zip(roots)) piece.Add(place(step, root));
        }
        return pieces;

        (double Step, double[] Roots) At(double step) => (step, [.. Roots(samples, value => excess(step, value))]);

        // What lies between two places, and the second.
        IEnumerable<(double Step, double[] Roots)> After((double Step, double[] Roots) from, (double Step, double[] Roots) to, int halvings)
        {
            var strides = from.Roots.Zip(to.Roots).Select(pair => Math.Abs(along.ShareOf(pair.Second) - along.ShareOf(pair.First)));
            if (halvings == 0 || from.Roots.Length != to.Roots.Length || strides.All(stride => stride <= 2.0 / steps)) return [to];
            var middle = At(stepped.At((stepped.ShareOf(from.Step) + stepped.ShareOf(to.Step)) / 2));
            return [.. After(from, middle, halvings - 1), .. After(middle, to, halvings - 1)];
        }
    }

    private static IEnumerable<double> Roots(IReadOnlyList<double> samples, Func<double, double> excess)
    {
        double[] values = [.. samples.Select(excess)];
        for (var index = 0; index < values.Length; index++)
        {
            if (Math.Abs(values[index]) <= Zero) yield return samples[index];
            else if (index > 0 && Math.Abs(values[index - 1]) > Zero && values[index - 1] * values[index] < 0)
                yield return Brent.FindRoot(excess, samples[index - 1], samples[index], accuracy: 1e-9);
        }
    }
}
