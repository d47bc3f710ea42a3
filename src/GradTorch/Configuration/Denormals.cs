namespace GradTorch.Configuration;

/// <summary>What becomes of numbers below the smallest normal one (1.2e-38 in float32).</summary>
public enum Denormals
{
    /// <summary>They become 0: CPU kernels are 5 to 10 times slower on them.</summary>
    Flush,

    /// <summary>They keep their value.</summary>
    Keep,
}
