using GradTorch.Configuration;
using GradTorch.Models.PyTorch;
using GradTorch.Models.Recurrent;

namespace GradTorch.Models;

/// <summary>The kinds of network that an experiment can name.</summary>
[RegistryOf("a kind of model")]
public static class ModelRegistry
{
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("mlp", "a = g(x W + b), depth times; then a linear output layer", DeepMlp.CountParameters,
            HiddenLayer.CountActivations, blueprint => new DeepMlp(blueprint), (shape, ownSlopes) => FeedForwardSource.Of(shape, ownSlopes, skip: null)),
        new("residual", "mlp with a_n = g(s z_n + z_{n−k}) or x + s F(x) every k layers", ResidualNet.CountParameters,
            HiddenLayer.CountActivations, blueprint => new ResidualNet(blueprint), (shape, ownSlopes) => FeedForwardSource.Of(shape, ownSlopes, shape.Section.Skip)),
        Recurrent("h_t = g(x_t U + h_{t−1} W + b), depth times; then a linear output layer", RecurrentKind.Elman),
        Recurrent("h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}, gates as in torch.nn.GRU; no model:activation", RecurrentKind.Gru),
        Recurrent("c_t = f ⊙ c_{t−1} + i ⊙ g, h_t = o ⊙ tanh(c_t) as in torch.nn.LSTM; no model:activation", RecurrentKind.Lstm),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No model has that name.</exception>
    public static ModelEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a model");

    private static ModelEntry Recurrent(string formula, RecurrentKind kind) => new(
        kind.Name, formula, kind.CountParameters, kind.CountActivations, blueprint => new RecurrentNet(kind, blueprint),
        (shape, ownSlopes) => RecurrentSource.Of(kind, shape, ownSlopes), TakesSequences: true);
}

/// <summary>Makes the members of a model, not yet initialised.</summary>
public delegate EnsembleModel ModelFactory(ModelBlueprint blueprint);

/// <summary>One kind of model of the registry.</summary>
/// <param name="CountParameters">Parameters of one member.</param>
/// <param name="CountActivations">Numbers that an example takes of one member in a step, about, beside parameters.</param>
/// <param name="PyTorch">Python that defines <c>Net</c>, one member of that shape, whose state_dict has
/// <see cref="EnsembleModel.PyTorchTensors"/>; it is made with a slope where members differ in theirs.</param>
/// <param name="TakesSequences">Its inputs are sequences, and it can give an output at every timestep; else they are
/// vectors.</param>
public sealed record ModelEntry(
    string Name, string Formula, Func<ModelShape, long> CountParameters, Func<ModelShape, long> CountActivations, ModelFactory Factory,
    Func<ModelShape, bool, string> PyTorch, bool TakesSequences = false)
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
