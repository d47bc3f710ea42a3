using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Something that is measured at recorded steps where an experiment asks for it. It lives on the device: what it writes is
/// read at a flush, and no number leaves the device before.</summary>
public abstract class GradientMeasurement : IDisposable
{
    /// <summary>The numbers that it gives, in their order.</summary>
    public abstract IReadOnlyList<LayerMeasurePlace> Places { get; }

    /// <summary>Measures the step under way, whose weights are those before the update, in the pass that its entry asks for.</summary>
    /// <param name="values_SP">float64, member by place: a view that it fills.</param>
    public abstract void Measure(RepeatedStep step, Tensor values_SP);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
