namespace GradTorch.LibTorch;

/// <summary>The activations of <see cref="DenseLayer"/> and <see cref="ElmanLayer"/>, each with its exact derivative.</summary>
public enum Gate
{
    /// <summary>a.</summary>
    Identity,

    /// <summary>1/(1 + exp(−a)).</summary>
    Sigmoid,

    /// <summary>tanh(na), n the member's parameter.</summary>
    Tanh,

    /// <summary>max(0, a).</summary>
    ReLU,

    /// <summary>a above 0, sa below; s the member's parameter, at least 0.</summary>
    LeakyReLU,
}
