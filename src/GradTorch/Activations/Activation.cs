using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>What a hidden unit does to its pre-activation: a = g(z), element by element.</summary>
public abstract class Activation
{
    /// <summary>A unit counts as saturated where its slope is at most this fraction of the largest.</summary>
    public const double SaturatedSlope = 0.05;

    /// <summary>How many numbers each layer's activation learns, for each member: 0, or 1 for a
    /// <see cref="LearntActivation"/>.</summary>
    public virtual int LearntPerLayer => 0;

    /// <summary>Activations a ≤ Low or a ≥ High, and no others, are saturated: |g′| ≤ <see cref="SaturatedSlope"/> · γ
    /// there. Infinite where that side never saturates; null where a does not tell the slope.</summary>
    public abstract (double Low, double High)? Saturation { get; }

    /// <summary>γ: the least number that |g′(z)| never passes.</summary>
    public abstract double LargestSlope(int member);

    /// <summary>What a fused kernel may know this activation as; null when it goes by its operators alone.</summary>
    public virtual BuiltInForm? BuiltIn => null;

    /// <summary>g(z); autograd differentiates it exactly.</summary>
    public abstract Tensor Forward(Tensor z);

    /// <summary>g′(z), element by element, a tensor of its own. No graph is needed of it.</summary>
    public abstract Tensor Derivative(Tensor z);
}
