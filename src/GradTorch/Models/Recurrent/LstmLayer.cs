using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>A long short-term memory as torch.nn.LSTM has it: i, f, o = σ(x U + h W + b), g = tanh(x U_g + h W_g + b_g),
/// c′ = f ⊙ c + i ⊙ g, h′ = o ⊙ tanh(c′); the gates lie in the order i, f, g, o.</summary>
/// <remarks>Hochreiter and Schmidhuber 1997; the forget gate of Gers, Schmidhuber and Cummins 2000. PyTorch's two biases are
/// one here.</remarks>
public sealed class LstmLayer : CellLayer
{
    private const int Gates = 4;

    public LstmLayer(string name, RecurrentShape shape, EnsembleParameters parameters)
        : base(name, shape, Gates, parameters) => RegisterComponents();

    protected override bool HasMemory => true;

    public static long CountParameters(RecurrentShape shape) => CountParameters(shape, Gates);

    protected override CellStep Cell() => Step;

    private static CellState Step(Tensor projected_SBG, Tensor product_SBG, CellState before)
    {
        var gates = (projected_SBG + product_SBG).chunk(Gates, -1);
        var memory = gates[1].sigmoid() * before.Memory! + gates[0].sigmoid() * gates[2].tanh();
        return new CellState(gates[3].sigmoid() * memory.tanh(), memory);
    }
}
