namespace GradTorch.Models.Recurrent;

/// <summary>What a recurrent net's layers are.</summary>
/// <param name="Gates">Pre-activations of a unit at each timestep.</param>
/// <param name="CountOf">Parameters of one member in a layer.</param>
/// <param name="Create">Makes a layer of that name.</param>
public sealed record RecurrentKind(
    string Name, int Gates, Func<RecurrentShape, long> CountOf,
    Func<string, RecurrentShape, ModelBlueprint, EnsembleParameters, RecurrentLayer> Create)
{
    public static RecurrentKind Elman { get; } = new("elman", ElmanLayer.Gates, ElmanLayer.CountParameters,
        (name, shape, blueprint, parameters) => new ElmanLayer(name, shape, blueprint.Nonlinearity(), parameters));

    public static RecurrentKind Gru { get; } = new("gru", GruLayer.Gates, GruLayer.CountParameters,
        (name, shape, _, parameters) => new GruLayer(name, shape, parameters));

    public static RecurrentKind Lstm { get; } = new("lstm", LstmLayer.Gates, LstmLayer.CountParameters,
        (name, shape, _, parameters) => new LstmLayer(name, shape, parameters));

    /// <summary>Parameters of one member in the whole net.</summary>
    public long CountParameters(ModelShape shape) =>
        RecurrentNet.Shapes(shape).Sum(CountOf) + EnsembleLinear.CountParameters(shape.Section.Width, shape.Outputs);

    /// <summary>Numbers that an example takes in a step: at every timestep and layer the input, and for each gate what is
    /// projected, the pre-activation and its gradient.</summary>
    public long CountActivations(ModelShape shape) =>
        shape.Timesteps * RecurrentNet.Shapes(shape).Sum(layer => layer.Inputs + 3 * Gates * layer.Units);
}
