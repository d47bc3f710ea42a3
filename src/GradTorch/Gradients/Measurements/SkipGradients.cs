using GradTorch.Backends;
using GradTorch.Models;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>The gradient of the input of each block of a residual net in its two parts, through the skip (and the projection, where there
/// is one) and through the layers. The first block's input is the data.</summary>
public sealed class SkipGradients(EnsembleModel model) : GradientMeasurement
{
    /// <summary>Norm of the part that came through the skip, over batch and units, of the mean loss.</summary>
    public const string Skip = "skip_gradient";

    /// <summary>Norm of the part that came through the layers.</summary>
    public const string Branch = "branch_gradient";

    public override IReadOnlyList<LayerMeasurePlace> Places { get; } =
        [.. model.Joints.SelectMany(layer => new LayerMeasurePlace[] { new(layer, Skip), new(layer, Branch) })];

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        values_SP.zero_();
        var place = 0;
        foreach (var gradient in step.Skips.Gradients().SelectMany(block => new[] { block.Skip, block.Branch }))
        {
            if (gradient is not null) TorchBackend.Current.MeasureNorm(gradient, values_SP, place);
            place++;
        }
        if (step.Scale_S is { } scale) values_SP.div_(scale.unsqueeze(1));
    }
}
