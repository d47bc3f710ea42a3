namespace GradTorch.Models;

/// <summary>The kinds of network that an experiment can name.</summary>
public static class ModelRegistry
{
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("mlp", "a = g(x W + b), depth times; then a linear output layer", DeepMlp.CountParameters,
            blueprint => new DeepMlp(blueprint)),
        new("residual", "mlp with a_n = g(s z_n + z_{n−k}) or x + s F(x) every k layers", ResidualNet.CountParameters,
            blueprint => new ResidualNet(blueprint)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No model has that name.</exception>
    public static ModelEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a model");
}

/// <summary>Makes the members of a model, not yet initialised.</summary>
public delegate EnsembleModel ModelFactory(ModelBlueprint blueprint);

/// <summary>One kind of model of the registry.</summary>
/// <param name="CountParameters">Parameters of one member.</param>
public sealed record ModelEntry(
    string Name, string Formula, Func<ModelShape, long> CountParameters, ModelFactory Factory)
{
    /// <summary>The members of a model, not yet initialised.</summary>
    /// <exception cref="InvalidOperationException">Its layers took fewer parameters than the model counts.</exception>
    public EnsembleModel Create(ModelBlueprint blueprint)
    {
        var model = Factory(blueprint);
        model.Parameters.RequireAllTaken();
        return model;
    }
}
