namespace GradTorch.Activations;

/// <summary>The activations that fused kernels may have built in, with the exact derivative.</summary>
public enum BuiltInActivation
{
    /// <summary>z.</summary>
    Identity,

    /// <summary>1/(1 + exp(−z)).</summary>
    Sigmoid,

    /// <summary>tanh(nz), n the parameter.</summary>
    Tanh,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>z above 0, sz below; s the parameter, at least 0.</summary>
    LeakyReLU,
}

/// <summary>An activation as a fused kernel knows it: which, and the parameter of a member.</summary>
public sealed record BuiltInForm(BuiltInActivation Activation, Func<int, double> Parameter);
