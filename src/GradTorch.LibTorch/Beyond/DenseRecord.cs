using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>The columns of a float64 table (S, Q) that take what is measured of a dense layer.</summary>
/// <param name="Mean">Of h, as <paramref name="Deviation"/> (n − 1).</param>
/// <param name="Saturated">The fraction of h ≤ <paramref name="Low"/> or ≥ <paramref name="High"/>.</param>
/// <param name="Nonfinite">The non-finite elements of h, ∂L/∂h and δ, added.</param>
/// <param name="ActivationGradient">‖∂L/∂h‖.</param>
/// <param name="PreactivationGradient">‖δ‖, δ = ∂L/∂z.</param>
/// <param name="Zeros">The fraction of exact zeros of δ.</param>
public sealed record DenseRecord(
    Tensor Table, int Mean, int Deviation, int Saturated, int Nonfinite, int ActivationGradient, int PreactivationGradient, int Zeros,
    double Low, double High);
