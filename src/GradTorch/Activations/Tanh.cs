using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>g(z) = tanh(nz), slope n(1 − a²) ≤ n.</summary>
/// <param name="slope">n, above 0, of each member; 1 when left out.</param>
public sealed class Tanh(MemberValues? slope = null) : Activation
{
    /// <summary>1 − a² = s at a = ±√(1 − s).</summary>
    private static readonly double Bound = Math.Sqrt(1 - SaturatedSlope);

    /// <summary>n, or null where all members have 1 and nothing needs to be multiplied.</summary>
    private readonly MemberValues? _slope = slope is { IsUniform: true, First: 1 } ? null : slope;

    public override (double Low, double High)? Saturation => (-Bound, Bound);

    public override double LargestSlope(int member) => _slope?[member] ?? 1;

    public override BuiltInForm BuiltIn => new(BuiltInActivation.Tanh, LargestSlope);

    public override Tensor Forward(Tensor z)
    {
        if (_slope is null) return z.tanh();
        using var steep = _slope.Times(z);
        return steep.tanh();
    }

    public override Tensor Derivative(Tensor z)
    {
        using var a = Forward(z);
        using var square = a.square();
        if (_slope is null) return 1 - square;
        using var rest = 1 - square;
        return _slope.Times(rest);
    }
}
