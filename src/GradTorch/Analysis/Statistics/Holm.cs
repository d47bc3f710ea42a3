namespace GradTorch.Analysis.Statistics;

/// <summary>Holm's correction for asking several questions at once: below the level, an adjusted p tells something with all
/// questions together wrong no more often than the level says (Holm 1979, Scandinavian Journal of Statistics 6, 65).</summary>
public static class Holm
{
    /// <summary>Each p by how many are not smaller, never below that of a smaller one, at most 1.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var (least, left) = (0.0, pValues.Count);
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]))
            adjusted[index] = least = Math.Min(1, Math.Max(least, pValues[index] * left--));
        return adjusted;
    }
}
