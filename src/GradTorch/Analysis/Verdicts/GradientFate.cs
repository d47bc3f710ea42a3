namespace GradTorch.Analysis.Verdicts;

/// <summary>What becomes of a gradient on its way back.</summary>
public enum GradientFate
{
    /// <summary>It gets so small that the layers, or timesteps, at the beginning learn next to nothing.</summary>
    Vanishing,

    Healthy,

    /// <summary>It gets so large that a step destroys what was learnt, or is not finite.</summary>
    Exploding,
}

/// <summary>Fates as they are written.</summary>
public static class GradientFates
{
    public static string Name(this GradientFate fate) => fate.ToString().ToLowerInvariant();
}
