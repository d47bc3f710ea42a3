using static TorchSharp.torch;

namespace GradTorch.Models.Norms;

/// <summary>x̂ = (x − μ)/√(σ² + ε) with mean and biased variance over the units of a layer, example by example, as
/// torch.nn.LayerNorm.</summary>
/// <remarks>Ba, Kiros &amp; Hinton 2016, arXiv 1607.06450.</remarks>
public sealed class LayerNorm : EnsembleNorm
{
    public LayerNorm(string name, long width, EnsembleParameters parameters) : base(name, width, parameters) =>
        RegisterComponents();

    protected override Tensor Normalise(Tensor x_SBH) =>
        nn.functional.layer_norm(x_SBH, [Width], weight: null, bias: null, Epsilon);
}
