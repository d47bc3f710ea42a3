using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Training;

/// <summary>The optimisers that an experiment can name.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<OptimizerEntry> All { get; } =
    [
        new("sgd", "v ← μv + g + λW; W ← W − ηv", "torch.optim.SGD", (section, parameters, backend) =>
            new SgdOptimizer(parameters, backend, section.Momentum, section.Nesterov, section.WeightDecay)),
        new("adam", "W ← W − η m̂/(√v̂ + ε)", "Kingma & Ba 2015, arXiv 1412.6980", (section, parameters, backend) =>
            new AdamOptimizer(parameters, backend, section.Beta1, section.Beta2, section.Epsilon, section.WeightDecay)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No optimiser has that name.</exception>
    public static OptimizerEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an optimiser");
}

/// <summary>One optimiser of the registry.</summary>
public sealed record OptimizerEntry(
    string Name, string Formula, string Reference, Func<OptimizerSection, EnsembleParameters, ITorchBackend, Optimizer> Create);
