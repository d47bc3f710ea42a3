using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>What the units of a layer do to their pre-activation: an activation forwards, and backwards its own derivative
/// or a surrogate's.</summary>
/// <param name="Backward">Null for the exact derivative.</param>
/// <param name="BackwardScale">The surrogate's scale, of each member; null with the exact derivative.</param>
public sealed record Nonlinearity(Activation Forward, Surrogate? Backward = null, MemberValues? BackwardScale = null)
{
    /// <summary>Activations a ≤ Low or a ≥ High, and no others, are where <see cref="Slope"/> is saturated; null where it
    /// must be asked, as that of every surrogate.</summary>
    public (double Low, double High)? Saturation => Backward is null ? Forward.Saturation : null;

    /// <summary>The same activation with its own derivative.</summary>
    public Nonlinearity Exact => Backward is null ? this : this with { Backward = null, BackwardScale = null };

    /// <summary>g(z), with a graph that goes backwards by <see cref="Slope"/>.</summary>
    public Tensor Apply(Tensor z) => Backward is null ? Forward.Forward(z) : SurrogateFunction.Of(z, this);

    /// <summary>The factor by which backward multiplies: g′(z), or the surrogate's h(z). Without a graph.</summary>
    public Tensor Slope(Tensor z)
    {
        using var off = no_grad();
        return Backward is null ? Forward.Derivative(z) : Backward.Derivative(z, BackwardScale!);
    }

    /// <summary>The least number that |<see cref="Slope"/>| never passes.</summary>
    public double LargestSlope(int member) =>
        Backward is null ? Forward.LargestSlope(member) : Backward.LargestSlope(BackwardScale![member]);
}
