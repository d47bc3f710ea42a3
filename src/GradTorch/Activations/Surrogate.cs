using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>A surrogate derivative: what stands in backward where the forward's own derivative would.</summary>
public abstract class Surrogate
{
    /// <summary>h(z) ≥ 0, the factor of the incoming gradient, element by element. No graph is needed of it.</summary>
    /// <param name="z">(S, …).</param>
    /// <param name="scale">The surrogate's own scale, of each member.</param>
    public abstract Tensor Derivative(Tensor z, MemberValues scale);

    /// <summary>The smooth function whose derivative <see cref="Derivative"/> is, or null where it has none of its own.</summary>
    public virtual Tensor? Primitive(Tensor z, MemberValues scale) => null;
}
