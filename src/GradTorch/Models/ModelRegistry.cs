using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>The kinds of network that an experiment can name.</summary>
public static class ModelRegistry
{
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("mlp", "a = g(x W + b), depth times; then a linear output layer", DeepMlp.CountParameters,
            (shape, nonlinearity, members, dtype, device) => new DeepMlp(shape, nonlinearity, members, dtype, device)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No model has that name.</exception>
    public static ModelEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a model");
}

/// <summary>Makes S members of a model, not yet initialised.</summary>
/// <param name="nonlinearity">Asked once for each layer that has one: an activation may learn.</param>
public delegate EnsembleModel ModelFactory(
    ModelShape shape, Func<Nonlinearity> nonlinearity, long members, ScalarType dtype, Device device);

/// <summary>One kind of model of the registry.</summary>
/// <param name="CountParameters">Parameters of one member.</param>
public sealed record ModelEntry(
    string Name, string Formula, Func<ModelShape, long> CountParameters, ModelFactory Create);
