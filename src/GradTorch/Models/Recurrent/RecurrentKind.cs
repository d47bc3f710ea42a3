namespace GradTorch.Models.Recurrent;

/// <summary>What a recurrent net's layers are.</summary>
/// <param name="Kept">Numbers that a unit takes at each timestep of a training step, as measured: of a fused scan what is
/// projected, the pre-activation and its gradient; of a cell every step of its formula, and what they have on the way
/// back.</param>
/// <param name="PyTorch">The module that is the same in PyTorch, of inputs and units; one of ours where it has any activation.</param>
/// <param name="HasOwnActivation">It takes model:activation.</param>
/// <param name="CountOf">Parameters of one member in a layer.</param>
/// <param name="Create">Makes a layer of that name.</param>
public sealed record RecurrentKind(
    string Name, int Kept, string PyTorch, bool HasOwnActivation, Func<RecurrentShape, long> CountOf,
    Func<string, RecurrentShape, ModelBlueprint, EnsembleParameters, RecurrentLayer> Create)
{
    public static RecurrentKind Elman { get; } = new("elman", 3, "Elman", true, ElmanLayer.CountParameters,
        (name, shape, blueprint, parameters) => new ElmanLayer(name, shape, blueprint.Nonlinearity(), parameters));

    public static RecurrentKind Gru { get; } = new("gru", 28, "nn.GRU", false, GruLayer.CountParameters,
        (name, shape, _, parameters) => new GruLayer(name, shape, parameters));

    public static RecurrentKind Lstm { get; } = new("lstm", 30, "nn.LSTM", false, LstmLayer.CountParameters,
        (name, shape, _, parameters) => new LstmLayer(name, shape, parameters));

    /// <summary>Parameters of one member in the whole net.</summary>
    public long CountParameters(ModelShape shape) =>
        RecurrentNet.Shapes(shape).Sum(CountOf) + EnsembleLinear.CountParameters(shape.Section.Width, shape.Outputs);

    /// <summary>Numbers that an example takes in a step: at every timestep and layer the input, and what each unit keeps.
    /// </summary>
    public long CountActivations(ModelShape shape) =>
        shape.Timesteps * RecurrentNet.Shapes(shape).Sum(layer => layer.Inputs + Kept * layer.Units);
}
