using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Training;

/// <summary>The optimisers that an experiment can name.</summary>
[RegistryOf("an optimiser")]
public static class OptimizerRegistry
{
    private static readonly string[] Moments = ["beta1", "beta2", "epsilon"];

    public static IReadOnlyList<OptimizerEntry> All { get; } =
    [
        new("sgd", "v ← μv + g + λW; W ← W − ηv, nesterov W − η(g + λW + μv)", "torch.optim.SGD", ["momentum", "nesterov"],
            section => section.Momentum == 0 ? 0 : 1,
            (section, parameters, backend) =>
                new SgdOptimizer(parameters, backend, section.Momentum, section.Nesterov, section.WeightDecay)),
        new("adam", "g ← g + λW; W ← W − η m̂/(√v̂ + ε)", "Kingma & Ba 2015, arXiv 1412.6980", Moments,
            _ => 2,
            (section, parameters, backend) => new AdamOptimizer(
                parameters, backend, section.Beta1, section.Beta2, section.Epsilon, section.WeightDecay)),
        new("adamw", "W ← W − ηλW − η m̂/(√v̂ + ε)", "Loshchilov & Hutter 2019, arXiv 1711.05101", Moments,
            _ => 2,
            (section, parameters, backend) => new AdamOptimizer(
                parameters, backend, section.Beta1, section.Beta2, section.Epsilon, section.WeightDecay, decoupled: true)),
        new("rmsprop", "g ← g + λW; v ← αv + (1 − α)g²; b ← μb + g/(√v + ε), centered √(v − ḡ²); W ← W − ηb",
            "Hinton 2012; Graves 2013, arXiv 1308.0850", ["alpha", "epsilon", "momentum", "centered"],
            section => 1 + (section.Centered ? 1 : 0) + (section.Momentum == 0 ? 0 : 1),
            (section, parameters, backend) => new RmsPropOptimizer(
                parameters, backend, section.Alpha, section.Epsilon, section.Momentum, section.Centered, section.WeightDecay)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The optimisers that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No optimiser has that name.</exception>
    public static OptimizerEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an optimiser");
}

/// <summary>One optimiser of the registry.</summary>
/// <param name="Options">The keys of the section that it reads beside those that all optimisers read; the others are refused.</param>
/// <param name="CountStates">How many numbers it keeps for each parameter.</param>
public sealed record OptimizerEntry(
    string Name, string Formula, string Reference, IReadOnlyList<string> Options, Func<OptimizerSection, int> CountStates,
    Func<OptimizerSection, EnsembleParameters, ITorchBackend, Optimizer> Create);
