using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Rows whose Euclidean norms are measured, and where they go.</summary>
/// <param name="Rows">(S, R, N).</param>
/// <param name="Before">What is subtracted first, as the rows; null for nothing.</param>
/// <param name="Table">float64 (S, R, Q).</param>
/// <param name="Norm">The column of the norms.</param>
/// <param name="Nonfinite">The column that non-finite elements are added to; −1 where they are not wanted.</param>
public sealed record RowNorms(Tensor Rows, Tensor? Before, Tensor Table, int Norm, int Nonfinite = -1);
