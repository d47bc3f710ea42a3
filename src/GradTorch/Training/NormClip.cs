using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>g ← g · min(1, c/(‖g‖ + 1e-6)), as torch.nn.utils.clip_grad_norm_ on each member: on all its parameters together,
/// or on those of each layer. Norms are in float64, true at every magnitude.</summary>
public sealed class NormClip : GradientClip
{
    private readonly GradientScale _scale;

    /// <param name="gradients_SP">The gradients that will be clipped.</param>
    /// <param name="layers">What has a norm of its own; null for everything together.</param>
    public NormClip(IReadOnlyList<double> thresholds, ITorchBackend backend, Tensor gradients_SP,
        IReadOnlyList<ParameterRange>? layers = null)
        : base(thresholds, backend, gradients_SP.device)
    {
        _scale = new GradientScale(
            thresholds.Count, layers ?? [new ParameterRange(0, gradients_SP.shape[1])], gradients_SP.device);
    }

    public override GradientScale Apply(Tensor gradients_SP, StepMetrics metrics)
    {
        Backend.ClipFactors(
            gradients_SP, Thresholds, _scale, metrics.Values, metrics.IndexOf(StepMetrics.GradientNorm),
            metrics.IndexOf(StepMetrics.ClippedGradientNorm), metrics.IndexOf(StepMetrics.Clipped));
        return _scale;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _scale.Dispose();
        base.Dispose(disposing);
    }
}
