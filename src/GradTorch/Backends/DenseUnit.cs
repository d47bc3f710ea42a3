using GradTorch.Activations;
using GradTorch.Backends.Measures;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>A layer g(x W + b) of a stack. Weight and bias have a <c>grad</c>, which backward adds to.</summary>
/// <param name="Weight_SIO">Weights (S, in, out).</param>
/// <param name="Bias_S1O">Biases (S, 1, out).</param>
/// <param name="Record">Null where the step is not recorded.</param>
/// <param name="Skip">Null where no skip path joins.</param>
public sealed record DenseUnit(
    Tensor Weight_SIO, Tensor Bias_S1O, Nonlinearity Nonlinearity, LayerRecord? Record, SkipJunction? Skip = null);

/// <summary>Where a skip path r joins a layer: r ← r + s z and g(r), or r ← r + s g(z) and r.</summary>
/// <param name="BeforeActivation">The first of them.</param>
/// <param name="Scale">s.</param>
public sealed record SkipJunction(bool BeforeActivation, double Scale);
