using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>g ← min(max(g, −c), c), element by element, as torch.nn.utils.clip_grad_value_ on each member.</summary>
public sealed class ValueClip(IReadOnlyList<double> thresholds, ITorchBackend backend, Device device)
    : GradientClip(thresholds, backend, device)
{
    public override GradientScale? Apply(Tensor gradients_SP, StepMetrics metrics)
    {
        Backend.Clamp(
            gradients_SP, Thresholds, metrics.Values, metrics.IndexOf(StepMetrics.ClippedGradientNorm),
            metrics.IndexOf(StepMetrics.Clipped));
        return null;
    }
}
