using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>What measures many layers, or timesteps, of one step. Everything is in the tables once <see cref="Finish"/> returns; it
/// may be there earlier. A quantity of −1 is not wanted.</summary>
public abstract class LayerMeasures : IDisposable
{
    /// <summary>A tap: the Euclidean norm of the tensor's gradient, its fraction of exact zeros and its number of non-finite elements
    /// (added), once <see cref="Backward"/> has gone through it. Without a graph nothing is measured.</summary>
    public abstract void Tap(Tensor tensor, TableRow row, int norm, int zeros, int nonfinite);

    /// <summary>Backward from a loss, through what was tapped to the parameters, whose gradients it is added to.</summary>
    /// <param name="parameters">All that the loss depends on, each with its <c>grad</c>.</param>
    public virtual void Backward(Tensor loss, IReadOnlyList<(Tensor Value, Tensor Gradient)> parameters) => loss.backward();

    /// <summary>As <see cref="ITorchBackend.MeasureNorm"/>, of layers that stay as they are until <see cref="Finish"/>.</summary>
    public abstract void Norm(LayerRows layers, int norm, int nonfinite = -1);

    /// <summary>As <see cref="ITorchBackend.MeasureDifference"/>, of layers that stay as they are until <see cref="Finish"/>.
    /// </summary>
    /// <param name="before">The same layers in another tensor.</param>
    public abstract void Difference(LayerRows layers, LayerRows before, int norm);

    /// <summary>As <see cref="ITorchBackend.MeasureActivation"/>, of a tensor that stays as it is until <see cref="Finish"/>.</summary>
    /// <param name="saturation">Null where bounds do not tell it: the column is left to what the caller writes there
    /// afterwards.</param>
    public abstract void Activation(
        Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite, (double Low, double High)? saturation);

    /// <summary>After <see cref="Backward"/>, and again after whatever else was measured.</summary>
    public abstract void Finish();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
