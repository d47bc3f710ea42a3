namespace GradTorch.LibTorch;

/// <summary>Where the skip path r joins a layer of a <see cref="DenseStack"/>, with z = x W + b.</summary>
public enum DenseJoin
{
    /// <summary>h = g(z).</summary>
    None,

    /// <summary>r ← r + s z, h = g(r).</summary>
    BeforeActivation,

    /// <summary>r ← r + s g(z), h = r.</summary>
    AfterActivation,
}
