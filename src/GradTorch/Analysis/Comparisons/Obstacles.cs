namespace GradTorch.Analysis.Comparisons;

/// <summary>What keeps two variants from being compared.</summary>
internal static class Obstacles
{
    /// <returns>Null where nothing does.</returns>
    public static string? Between(ComparedVariant first, ComparedVariant second, ComparedMeasure measure)
    {
        if (first.DataChecksum != second.DataChecksum)
            return $"they learn from other data ({Setting(first, second, "data:source")})";
        if (first.Steps is { } one && second.Steps is { } other && one != other)
            return FormattableString.Invariant($"they were trained for other numbers of steps ({one} and {other})");
        return measure == ComparedMeasure.Loss && first.Config["training:loss"] != second.Config["training:loss"]
            ? $"their losses are others ({Setting(first, second, "training:loss")})"
            : null;
    }

    private static string Setting(ComparedVariant first, ComparedVariant second, string path) =>
        $"{path} {first.Config[path]} and {second.Config[path]}";
}
