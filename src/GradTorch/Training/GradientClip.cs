using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Bounds each member's gradient before the optimiser takes it. Members do not see each other, and one that is not
/// finite stays so.</summary>
public abstract class GradientClip : IDisposable
{
    /// <param name="thresholds">Each member's bound, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not above 0.</exception>
    protected GradientClip(IReadOnlyList<double> thresholds, ITorchBackend backend, Device device)
    {
        foreach (var threshold in thresholds)
        {
            if (!(threshold > 0))
                throw new ArgumentOutOfRangeException(nameof(thresholds), threshold, "a threshold of clipping is above 0");
        }
        Backend = backend;
        Thresholds = tensor(thresholds.ToArray(), float64, device).DetachFromDisposeScope();
    }

    protected ITorchBackend Backend { get; }

    /// <summary>float64 (S).</summary>
    protected Tensor Thresholds { get; }

    /// <summary>Clips, and tells the metrics of the norm after it and of whether it clipped.</summary>
    /// <param name="gradients_SP">All gradients, whose norms the metrics hold.</param>
    /// <returns>What the gradients are still to be multiplied by, until the next step; null where they are clipped in place.
    /// </returns>
    public abstract GradientScale? Apply(Tensor gradients_SP, StepMetrics metrics);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Thresholds.Dispose();
    }
}
