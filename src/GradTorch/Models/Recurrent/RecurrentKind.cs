namespace GradTorch.Models.Recurrent;

/// <summary>What a recurrent net's layers are.</summary>
/// <param name="CountOf">Parameters of one member in a layer.</param>
/// <param name="Create">Makes a layer of that name.</param>
public sealed record RecurrentKind(
    string Name, Func<RecurrentShape, long> CountOf,
    Func<string, RecurrentShape, ModelBlueprint, EnsembleParameters, RecurrentLayer> Create)
{
    public static RecurrentKind Elman { get; } = new("elman", ElmanLayer.CountParameters,
        (name, shape, blueprint, parameters) => new ElmanLayer(
            name, shape, blueprint.Nonlinearity(), parameters, blueprint.VanishingGradientPenalty));

    public static RecurrentKind Gru { get; } = new("gru", GruLayer.CountParameters,
        (name, shape, _, parameters) => new GruLayer(name, shape, parameters));

    public static RecurrentKind Lstm { get; } = new("lstm", LstmLayer.CountParameters,
        (name, shape, _, parameters) => new LstmLayer(name, shape, parameters));

    /// <summary>Parameters of one member in the whole net.</summary>
    public long CountParameters(ModelShape shape) =>
        RecurrentNet.Shapes(shape).Sum(CountOf) + EnsembleLinear.CountParameters(shape.Section.Width, shape.Outputs);
}
