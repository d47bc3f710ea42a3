namespace GradTorch.Configuration;

/// <summary>What is held to a norm when gradients are clipped.</summary>
public enum ClipScope
{
    /// <summary>All parameters of a member together.</summary>
    Total,

    /// <summary>The parameters of each layer of a member on their own.</summary>
    Layer,
}
