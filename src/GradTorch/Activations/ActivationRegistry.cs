namespace GradTorch.Activations;

/// <summary>The activations that an experiment can name.</summary>
public static class ActivationRegistry
{
    public static IReadOnlyList<ActivationEntry> All { get; } =
    [
        new("identity", "z", "1", _ => new Identity()),
        new("sigmoid", "σ(z) = 1/(1 + exp(−z))", "a(1 − a)", _ => new Sigmoid()),
        new("tanh", "tanh(n z)", "n(1 − a²)", parameters => new Tanh(parameters.Slope)),
        new("relu", "max(0, z)", "1 if z > 0 else 0", _ => new ReLU()),
        new("leaky-relu", "z if z > 0 else s z", "1 if z > 0 else s", parameters => new LeakyReLU(parameters.NegativeSlope)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No activation has that name.</exception>
    public static Activation Create(string name, ActivationParameters parameters) =>
        (All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an activation"))
        .Create(parameters);
}
