using static TorchSharp.torch;

namespace GradTorch.Theory;

/// <summary>A function of the pre-activation as the product itself computes it, element by element, at points that the host has.
/// </summary>
/// <param name="function">(1, N) → (S, N), or (1, N) where it is the same for all members.</param>
internal sealed class Curve(Func<Tensor, Tensor> function, int member)
{
    private Pieces? _pieces;

    /// <summary>Where it bends.</summary>
    public Pieces Pieces => _pieces ??= Pieces.Of(this);

    /// <summary>In float64 on the CPU, whatever the network computes in.</summary>
    public double[] At(double[] points)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var values = function(tensor(points, float64).unsqueeze(0));
        var own = values[values.shape[0] == 1 ? 0 : member].contiguous();
#pragma warning disable RS0030 // The host gave the points and wants the values; no step waits for them.
        using var elements = own.data<double>();
#pragma warning restore RS0030
        return elements.ToArray();
    }
}
