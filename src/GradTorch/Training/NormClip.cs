using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>g ← g · min(1, c/(‖g‖ + 1e-6)), as torch.nn.utils.clip_grad_norm_ on each member: on all its parameters together,
/// or on those of each layer. Norms are in float64, true at every magnitude.</summary>
public sealed class NormClip : GradientClip
{
    /// <summary>PyTorch's: it keeps a norm of 0 from dividing, and clips norms far below it more than they ask for.</summary>
    private const double Epsilon = 1e-6;

    private readonly Tensor[] _parts;
    private readonly Tensor? _norms_SL;

    /// <param name="gradients_SP">The gradients that will be clipped.</param>
    /// <param name="layers">What has a norm of its own; null for everything together.</param>
    public NormClip(IReadOnlyList<double> thresholds, ITorchBackend backend, Tensor gradients_SP,
        IReadOnlyList<ParameterRange>? layers = null)
        : base(thresholds, backend, gradients_SP.device)
    {
        _parts = layers is null
            ? [gradients_SP.alias().DetachFromDisposeScope()]
            : [.. layers.Select(range => gradients_SP.narrow(1, range.Start, range.Count).DetachFromDisposeScope())];
        _norms_SL = layers is null
            ? null
            : zeros([thresholds.Count, _parts.Length], float64, gradients_SP.device).DetachFromDisposeScope();
    }

    public override void Apply(Tensor gradients_SP, StepMetrics metrics)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var norms_SL = Norms(metrics);
        var factors_SL = (Thresholds.unsqueeze(1) / (norms_SL + Epsilon)).clamp_max_(1);
        var scales_SL = factors_SL.to(gradients_SP.dtype);
        for (var part = 0; part < _parts.Length; part++) _parts[part].mul_(scales_SL.narrow(1, part, 1));
        Backend.MeasureNorm(
            norms_SL * factors_SL, metrics.Values, metrics.IndexOf(StepMetrics.ClippedGradientNorm));
        metrics.Column(StepMetrics.Clipped).copy_(factors_SL.lt(1).any(1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var part in _parts) part.Dispose();
            _norms_SL?.Dispose();
        }
        base.Dispose(disposing);
    }

    private Tensor Norms(StepMetrics metrics)
    {
        if (_norms_SL is null) return metrics.Column(StepMetrics.GradientNorm).unsqueeze(1);
        for (var part = 0; part < _parts.Length; part++) Backend.MeasureNorm(_parts[part], _norms_SL, part);
        return _norms_SL;
    }
}
