using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>SGD as in torch.optim.SGD: d = g + λW; v ← μv + d; W ← W − η v, or W − η (d + μv) with Nesterov.</summary>
/// <param name="momentum">μ, 0 to below 1.</param>
/// <param name="weightDecay">λ ≥ 0.</param>
public sealed class SgdOptimizer(
    EnsembleParameters parameters, ITorchBackend backend, double momentum, bool nesterov, double weightDecay)
    : Optimizer(parameters, backend)
{
    // The first step of torch.optim.SGD starts v at d; from zeros, μ·0 + d is the same.
    private readonly Tensor? _velocity = momentum == 0 ? null : StateOf(parameters);

    public override void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null) => Backend.SgdStep(
        Parameters.Values, Parameters.Gradients, _velocity, rates_S, alive_S, momentum, weightDecay, nesterov, scale);

    public override void Visit(IStateVisitor visitor)
    {
        if (_velocity is not null) visitor.Visit("optimizer.velocity", _velocity);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _velocity?.Dispose();
        base.Dispose(disposing);
    }
}
