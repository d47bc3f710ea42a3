using GradTorch.Activations.Formulas;
using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>A surrogate derivative: what stands in backward where the forward's own derivative would. It has no state:
/// one object serves all layers.</summary>
public abstract class Surrogate
{
    /// <summary>The least number that |h(z)| never passes.</summary>
    /// <param name="scale">Above 0.</param>
    public abstract double LargestSlope(double scale);

    /// <summary>h(z), the factor of the incoming gradient, with k for the scale. Finite for every finite z.</summary>
    public abstract Formula Slope { get; }

    /// <summary>h(z) by operators, element by element, a tensor of its own. No graph is needed of it.</summary>
    /// <param name="z">(S, …).</param>
    /// <param name="scale">The surrogate's own scale, of each member, above 0.</param>
    public Tensor Derivative(Tensor z, MemberValues scale) => Slope.On(z, scale);

    /// <summary>The smooth function whose derivative <see cref="Derivative"/> is, or null where it has none of its own.</summary>
    public virtual Tensor? Primitive(Tensor z, MemberValues scale) => null;
}
