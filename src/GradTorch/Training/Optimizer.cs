using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Turns gradients into updates, for all parameters of all members at once. A member that is not alive stays as
/// it is.</summary>
public abstract class Optimizer(EnsembleParameters parameters, ITorchBackend backend) : IDisposable
{
    protected EnsembleParameters Parameters { get; } = parameters;

    protected ITorchBackend Backend { get; } = backend;

    /// <summary>Takes the gradients, and leaves them 0 for the next step.</summary>
    /// <param name="rates_S">Learning rates, float64 (S).</param>
    /// <param name="alive_S">bool (S).</param>
    /// <param name="scale">What the gradients are multiplied by first; null for 1.</param>
    public abstract void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null);

    /// <summary>What it remembers from step to step.</summary>
    public abstract void Visit(IStateVisitor visitor);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>A state laid out like the parameters, zeros at first.</summary>
    protected static Tensor StateOf(EnsembleParameters parameters) => zeros_like(parameters.Values).DetachFromDisposeScope();
}
