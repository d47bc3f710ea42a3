namespace GradTorch.Configuration;

/// <summary>The floating-point type of weights, activations and gradients.</summary>
public enum Precision
{
    Float32,
    Float64,
}
