using GradTorch.Configuration;

namespace GradTorch.Activations;

/// <summary>The activations that an experiment can name.</summary>
[RegistryOf("an activation")]
public static class ActivationRegistry
{
    public static IReadOnlyList<ActivationEntry> All { get; } =
    [
        new("identity", "z", "1", "z", _ => new Identity()),
        new("sigmoid", "σ(z) = 1/(1 + exp(−z))", "a(1 − a)", "torch.sigmoid(z)", _ => new Sigmoid()),
        new("tanh", "tanh(n z)", "n(1 − a²)", "torch.tanh({slope}z)", parameters => new Tanh(parameters.Slope)) { Options = ["slope"] },
        new("hard-tanh", "max(−1, min(1, z))", "1 if |z| < 1 else 0", "torch.clamp(z, -1, 1)", _ => new HardTanh()),
        new("softsign", "z/(1 + |z|)", "(1 − |a|)²", "nn.functional.softsign(z)", _ => new Softsign()),
        new("erf", "erf(z)", "2/√π exp(−z²)", "torch.erf(z)", _ => new Erf()),
        new("relu", "max(0, z)", "1 if z > 0 else 0", "torch.relu(z)", _ => new ReLU()),
        new("leaky-relu", "z if z > 0 else s z", "1 if z > 0 else s", "nn.functional.leaky_relu(z, {negativeSlope})", parameters => new LeakyReLU(parameters.NegativeSlope))
        {
            Options = ["negativeSlope"],
        },
        new("prelu", "z if z > 0 else s z, s learnt from 0.25", "1 if z > 0 else s", "nn.PReLU()", _ => new PReLU()),
        new("elu", "z if z > 0 else α(exp(z) − 1)", "1 if z > 0 else a + α", "nn.functional.elu(z, {alpha})", parameters => new ELU(parameters.Alpha)) { Options = ["alpha"] },
        new("selu", "λz if z > 0 else λα(exp(z) − 1), λ = 1.0507, α = 1.6733", "λ if z > 0 else a + λα", "nn.functional.selu(z)", _ => new SELU()),
        new("softplus", "ln(1 + exp(z))", "σ(z)", "nn.functional.softplus(z)", _ => new Softplus()),
        new("gelu", "z Φ(z), Φ(z) = ½(1 + erf(z/√2))", "Φ(z) + z exp(−z²/2)/√(2π)", "nn.functional.gelu(z)", _ => new GELU()),
        new("silu", "z σ(z)", "σ(z)(1 + z(1 − σ(z)))", "nn.functional.silu(z)", _ => new SiLU()),
        new("heaviside", "1 if z > 0 else 0", "0", "torch.relu(torch.sign(z))", _ => new Heaviside()),
        new("sign", "1 if z > 0, −1 if z < 0, 0 at 0", "0", "torch.sign(z)", _ => new Sign()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The activations that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No activation has that name.</exception>
    public static Activation Create(string name, ActivationParameters parameters) => Find(name).Create(parameters);

    /// <exception cref="KeyNotFoundException">No activation has that name.</exception>
    public static ActivationEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not an activation");
}
