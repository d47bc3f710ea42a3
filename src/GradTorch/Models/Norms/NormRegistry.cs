using GradTorch.Configuration;

namespace GradTorch.Models.Norms;

/// <summary>The normalisations of hidden layers that an experiment can name.</summary>
[RegistryOf("a normalisation")]
public static class NormRegistry
{
    public static IReadOnlyList<NormEntry> All { get; } =
    [
        new("none", "x", "no normalisation", null, null),
        new("batch", "γ (x − μ)/√(σ² + ε) + β over the batch, unit by unit", "Ioffe & Szegedy 2015, arXiv 1502.03167", "nn.BatchNorm1d",
            (name, width, parameters, state) => new BatchNorm(name, width, parameters, state)),
        new("layer", "γ (x − μ)/√(σ² + ε) + β over the units, example by example", "Ba et al. 2016, arXiv 1607.06450", "nn.LayerNorm",
            (name, width, parameters, _) => new LayerNorm(name, width, parameters)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No normalisation has that name.</exception>
    public static NormEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a normalisation");
}

/// <summary>Makes the normalisation of one hidden layer.</summary>
public delegate EnsembleNorm NormFactory(string name, long width, EnsembleParameters parameters, StepState state);

/// <summary>One normalisation of the registry.</summary>
/// <param name="PyTorch">The module that is the same in PyTorch; null where nothing is normalised.</param>
/// <param name="Create">Null where nothing is normalised.</param>
public sealed record NormEntry(string Name, string Formula, string Reference, string? PyTorch, NormFactory? Create)
{
    /// <summary>Parameters of one member in a layer of that width.</summary>
    public long CountParameters(long width) => Create is null ? 0 : EnsembleNorm.CountParameters(width);
}
