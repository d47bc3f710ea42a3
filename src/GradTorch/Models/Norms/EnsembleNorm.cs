using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models.Norms;

/// <summary>y = γ x̂ + β for every member, with x̂ the normalised x (S, B, H), and γ = 1 and β = 0, both (S, 1, H), to begin
/// with.</summary>
public abstract class EnsembleNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>ε, added to the variance.</summary>
    public const double Epsilon = 1e-5;

    private readonly Parameter scale;
    private readonly Parameter shift;

    protected EnsembleNorm(string name, long width, EnsembleParameters parameters) : base(name)
    {
        Width = width;
        (scale, _) = parameters.Take(1, width);
        (shift, _) = parameters.Take(1, width);
        using var off = no_grad();
        scale.fill_(1);
    }

    /// <summary>H.</summary>
    public long Width { get; }

    /// <summary>γ (S, 1, H).</summary>
    public Parameter Scale => scale;

    /// <summary>β (S, 1, H).</summary>
    public Parameter Shift => shift;

    public static long CountParameters(long width) => 2 * width;

    /// <param name="name">Of the module in PyTorch.</param>
    internal virtual IEnumerable<PyTorchTensor> PyTorchTensors(string name, long member) =>
        [PyTorchTensor.Of($"{name}.weight", scale[member, 0]), PyTorchTensor.Of($"{name}.bias", shift[member, 0])];

    public sealed override Tensor forward(Tensor input)
    {
        var used = ParameterUse.Of(shift, scale);
        return addcmul(used[0], Normalise(input), used[1], 1);
    }

    /// <returns>x̂ (S, B, H).</returns>
    protected abstract Tensor Normalise(Tensor x_SBH);
}
