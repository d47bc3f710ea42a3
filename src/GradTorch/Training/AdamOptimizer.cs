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
    private Tensor? _first;
    private Tensor? _second;
    private Tensor? _steps;

    public override void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null)
    {
        _first ??= State();
        _second ??= State();
        _steps ??= zeros([1], int64, Parameters.Values.device).DetachFromDisposeScope();
        _steps.add_(1);
        Backend.AdamStep(
            Parameters.Values, Parameters.Gradients, _first, _second, rates_S, alive_S, _steps, beta1, beta2, epsilon,
            weightDecay, decoupled, scale);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _first?.Dispose();
            _second?.Dispose();
            _steps?.Dispose();
        }
        base.Dispose(disposing);
    }
}
