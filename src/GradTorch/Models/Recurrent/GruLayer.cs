using GradTorch.Models.PyTorch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>A gated recurrent unit as torch.nn.GRU has it: r = σ(x U_r + h W_r + b_r), z = σ(x U_z + h W_z + b_z),
/// n = tanh(x U_n + b_n + r ⊙ (h W_n + b_hn)), h′ = (1 − z) ⊙ n + z ⊙ h.</summary>
/// <remarks>Cho et al. 2014, arXiv 1406.1078; the reset after the product as in torch.nn.GRU. PyTorch's two biases of r and z
/// are one here.</remarks>
public sealed class GruLayer : CellLayer
{
    private const int Gates = 3;

    private readonly Parameter candidateBias;

    public GruLayer(string name, RecurrentShape shape, EnsembleParameters parameters)
        : base(name, shape, Gates, parameters, moreBiases: 1)
    {
        (candidateBias, _) = parameters.Take(1, shape.Units);
        RegisterComponents();
    }

    /// <summary>b_hn (S, 1, H).</summary>
    public Parameter CandidateBias => candidateBias;

    protected override bool HasMemory => false;

    public static long CountParameters(RecurrentShape shape) => CountParameters(shape, Gates, moreBiases: 1);

    /// <summary>Those of r and z are 0; that of n stands within r ⊙ (…), and is kept.</summary>
    protected override PyTorchTensor HiddenBias(string name, long member)
    {
        var (gates, own) = (Bias[member, 0].narrow(0, 0, (Gates - 1) * Shape.Units), candidateBias[member, 0]);
        return new PyTorchTensor(name, cat([zeros_like(gates), own]), second =>
        {
            gates.add_(second.narrow(0, 0, gates.shape[0]));
            own.copy_(second.narrow(0, gates.shape[0], Shape.Units));
        });
    }

    protected override CellStep Cell()
    {
        // Once: its gradient is then added once, not at every timestep.
        var candidateBias_S1H = ParameterUse.Of(candidateBias);
        return (projected, product, before) => Step(projected, product, before, candidateBias_S1H);
    }

    private static CellState Step(Tensor projected_SBG, Tensor product_SBG, CellState before, Tensor candidateBias_S1H)
    {
        var (projected, product) = (projected_SBG.chunk(Gates, -1), product_SBG.chunk(Gates, -1));
        var reset = (projected[0] + product[0]).sigmoid();
        var update = (projected[1] + product[1]).sigmoid();
        var candidate = (projected[2] + reset * (product[2] + candidateBias_S1H)).tanh();
        return new CellState(candidate + update * (before.Hidden - candidate), null);
    }
}
