using GradTorch.Analysis.Comparisons;

namespace GradTorch.Reports;

/// <summary>What a picture is asked for beside its runs.</summary>
/// <param name="Quantity">A column of layer_gradient or timestep_gradient, as in <c>weight_gradient</c>; null for ‖δ‖.</param>
/// <param name="Measure">Null for the accuracy where there is one, else the loss.</param>
public sealed record PictureRequest(string? Quantity = null, ComparedMeasure? Measure = null);
