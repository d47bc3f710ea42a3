using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = z above 0, sz below; each layer of each member learns its s, from ¼. He et al. 2015.</summary>
public sealed class PReLU : LearntActivation
{
    public override double InitialValue => 0.25;

    /// <summary>Which side is flat depends on what was learnt.</summary>
    public override (double Low, double High)? Saturation => null;

    /// <summary>That of the fixed side; an s learnt beyond ±1 passes it.</summary>
    public override double LargestSlope(int member) => 1;

    public override Tensor Forward(Tensor z) => z.relu().add(z.clamp_max(0).mul(ParameterLike(z)));

    public override Tensor Derivative(Tensor z)
    {
        using var scope = NewDisposeScope();
        return where(z.gt(0), ones_like(z), ParameterLike(z)).MoveToOuterDisposeScope();
    }

    /// <summary>∂L/∂s = Σ ∂L/∂a min(z, 0), over all but the members.</summary>
    public override Tensor ParameterGradient(Tensor z, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        return z.clamp_max(0).mul_(gradient).reshape(z.shape[0], -1).sum(1).view(-1, 1, 1).MoveToOuterDisposeScope();
    }
}
