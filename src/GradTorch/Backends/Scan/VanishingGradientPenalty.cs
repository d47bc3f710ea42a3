using static TorchSharp.torch;

namespace GradTorch.Backends.Scan;

/// <summary>The vanishing-gradient regulariser of an Elman layer: Ω is the mean of (‖δ_t Wᵀ‖² / ‖∂L/∂h_t‖² − 1)² over the
/// pairs of a sequence and a timestep t = 2 … T. It is 0 where the gradient keeps its norm from h_t to h_{t−1}. Backward adds
/// λ ∂⁺Ω/∂W to W's gradient, the immediate derivative: δ_t and ∂L/∂h_t count as constants.</summary>
/// <remarks>Pascanu, Mikolov and Bengio 2013, On the difficulty of training recurrent neural networks, section 3.3: the squared
/// norms of its equation 10 (equation 9 has the norms themselves) and the mean of the authors' own code (trainingRNNs). That
/// code counts h_0, too, and leaves out where ‖∂L/∂h_t‖² is below 1e-20. Here pairs whose ∂L/∂h_t is zero or not finite (in
/// norm outside 1e±150), whose sequence has ended, or that truncation cuts apart don't count; without any, Ω = 0.</remarks>
/// <param name="Weight">λ ≥ 0, of each member.</param>
/// <param name="Omega_S">Float64 (S), contiguous, on the layer's device: backward writes each member's Ω. Null to leave that.
/// </param>
public sealed record VanishingGradientPenalty(MemberValues Weight, Tensor? Omega_S = null);
