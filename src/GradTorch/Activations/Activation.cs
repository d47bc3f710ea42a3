using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>What a hidden unit does to its pre-activation: a = g(z), element by element.</summary>
public abstract class Activation
{
    /// <summary>An activation counts as saturated where its slope is below this fraction of the largest.</summary>
    public const double SaturatedSlope = 0.05;

    /// <summary>γ: the largest |g′(z)|.</summary>
    public abstract double LargestSlope { get; }

    /// <summary>Activations a ≤ Low or a ≥ High are saturated: |g′| &lt; <see cref="SaturatedSlope"/> · γ there.
    /// Infinite where that side never saturates.</summary>
    public abstract (double Low, double High) Saturation { get; }

    /// <summary>What a fused kernel may know this activation as; null when it goes by its operators alone.</summary>
    public virtual BuiltInForm? BuiltIn => null;

    /// <summary>g(z); autograd differentiates it exactly.</summary>
    public abstract Tensor Forward(Tensor z);

    /// <summary>g′(z), element by element. No graph is needed of it.</summary>
    public abstract Tensor Derivative(Tensor z);
}
