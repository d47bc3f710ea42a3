using GradTorch.Activations.Surrogates;

namespace GradTorch.Activations;

/// <summary>The surrogate derivatives that an experiment can name.</summary>
public static class SurrogateRegistry
{
    public static IReadOnlyList<SurrogateEntry> All { get; } =
    [
        // Artificial derivatives of ordinary activations.
        new("sigmoid-function", "relu", "σ(k z), the sigmoid itself", 1,
            "Hu, Zhang, Ge 2021, doi:10.1109/ACCESS.2021.3054915; k is our choice: the plain sigmoid", new SigmoidFunction()),
        new("scaled-sigmoid-derivative", "sigmoid", "k σ(z)(1 − σ(z))", 4,
            "an artificial derivative in the sense of Hu, Zhang, Ge 2021; k is our choice: the largest slope is 1",
            new ScaledSigmoidDerivative()),
        new("smoothed-sigmoid-derivative", "sigmoid", "σ(z)(1 − σ(z)) + k", 0.1,
            "Roodschild, Gotay Sardiñas, Will 2020, doi:10.1007/s13748-020-00218-y; k of Fahlman 1988, CMU-CS-88-162",
            new SmoothedSigmoidDerivative()),
        new("leaky", "relu", "1 if z > 0 else k", 0.01,
            "slope of leaky ReLU, Maas, Hannun, Ng 2013; k of PyTorch's leaky ReLU", new LeakyDerivative()),
        new("constant", "sigmoid", "k", 0.25,
            "k is our choice: every unit passes as much as a sigmoid does at 0", new ConstantDerivative()),
        new("b-silu", "relu", "σ(z)(1 + (z + k)(1 − σ(z)))", 1.67,
            "SUGAR, Horuz et al. 2025, arXiv 2505.22074; k of theirs", new BSiLU()),
        // Those of spiking and binary networks.
        new("straight-through", "heaviside", "k", 1,
            "Bengio, Léonard, Courville 2013, arXiv 1308.3432; k of theirs", new ConstantDerivative()),
        new("clipped-straight-through", "sign", "1 if |z| ≤ k else 0, a rectangle", 1,
            "Courbariaux, Hubara et al. 2016, arXiv 1602.02830; k of theirs", new ClippedStraightThrough()),
        new("triangle", "heaviside", "k max(0, 1 − |z|)", 0.3,
            "LSNN, Bellec et al. 2018, arXiv 1803.09574; k of theirs", new Triangle()),
        new("fast-sigmoid", "heaviside", "1/(1 + k|z|)²", 25,
            "SuperSpike, Zenke, Ganguli 2018, doi:10.1162/neco_a_01086; k of snnTorch", new FastSigmoid()),
        new("sigmoid-derivative", "heaviside", "k σ(k z)(1 − σ(k z))", 4,
            "Zenke, Vogels 2021, doi:10.1162/neco_a_01367, there without the factor k; k of SpikingJelly", new SigmoidDerivative()),
        new("arctan", "heaviside", "k/2 / (1 + (π k z/2)²)", 2,
            "Fang et al. 2021, arXiv 2007.05785; k of SpikingJelly and snnTorch", new Arctan()),
        new("gaussian", "heaviside", "k/√π exp(−(k z)²), the derivative of ½ erf(k z)", 2,
            "Yin, Corradi, Bohté 2020, arXiv 2005.11633; k of SpikingJelly", new Gaussian()),
        new("piecewise-quadratic", "heaviside", "max(0, k − k²|z|), the derivative of two parabolas", 1,
            "Esser et al. 2016, doi:10.1073/pnas.1604850113; k of SpikingJelly", new PiecewiseQuadratic()),
        new("piecewise-exponential", "heaviside", "k/2 exp(−k|z|)", 1,
            "SLAYER, Shrestha, Orchard 2018, arXiv 1810.08646; k of SpikingJelly", new PiecewiseExponential()),
        new("soft-sign", "heaviside", "k/2 / (1 + k|z|)², the derivative of ½ softsign", 2,
            "SpikingJelly, Fang et al. 2023, doi:10.1126/sciadv.adi1480; k of theirs", new SoftSign()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No surrogate has that name.</exception>
    public static SurrogateEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a surrogate");
}
