using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Adam (Kingma and Ba 2015, arXiv 1412.6980) as in torch.optim.Adam, or AdamW (Loshchilov and Hutter 2019, arXiv
/// 1711.05101) as in torch.optim.AdamW.</summary>
/// <param name="weightDecay">λ: of an L2 penalty, λW is added to the gradient.</param>
/// <param name="decoupled">AdamW: λ leaves the gradient alone; the weights shrink by ηλW before each update.</param>
public sealed class AdamOptimizer(EnsembleParameters parameters, ITorchBackend backend, double beta1, double beta2,
    double epsilon, double weightDecay, bool decoupled = false)
    : Optimizer(parameters, backend)
{
    private readonly Tensor _first = StateOf(parameters);
    private readonly Tensor _second = StateOf(parameters);
    private readonly Tensor _steps = zeros([1], int64, parameters.Values.device).DetachFromDisposeScope();

    public override void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null)
    {
        _steps.add_(1);
        Backend.AdamStep(
            Parameters.Values, Parameters.Gradients, _first, _second, rates_S, alive_S, _steps, beta1, beta2, epsilon,
            weightDecay, decoupled, scale);
    }

    public override void Visit(IStateVisitor visitor)
    {
        visitor.Visit("optimizer.first_moment", _first);
        visitor.Visit("optimizer.second_moment", _second);
        visitor.Visit("optimizer.steps", _steps);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _first.Dispose();
            _second.Dispose();
            _steps.Dispose();
        }
        base.Dispose(disposing);
    }
}
