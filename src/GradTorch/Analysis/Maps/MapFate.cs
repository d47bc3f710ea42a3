namespace GradTorch.Analysis.Maps;

/// <summary>What becomes of the gradient in a cell.</summary>
public enum MapFate
{
    Vanishing,

    Healthy,

    Exploding,

    /// <summary>It explodes, and most of the seeds in which it does met a NaN or an infinity before the step that is shown.</summary>
    Diverged,

    /// <summary>No fate has more seeds than every other.</summary>
    Undecided,
}

/// <summary>Fates of cells as they are written.</summary>
public static class MapFates
{
    public static string Name(this MapFate fate) => fate.ToString().ToLowerInvariant();
}
