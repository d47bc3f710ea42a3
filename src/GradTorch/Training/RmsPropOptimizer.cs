using GradTorch.Backends;
using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>RMSprop (Hinton 2012; centered: Graves 2013, arXiv 1308.0850) as in torch.optim.RMSprop: v ← αv + (1 − α)g²;
/// u = g/(√v + ε), or, centered, g/(√(v − ḡ²) + ε) with ḡ ← αḡ + (1 − α)g; b ← μb + u; W ← W − η b.</summary>
/// <remarks>Where rounding makes v − ḡ² negative it counts as 0; torch.optim.RMSprop gives NaN there.</remarks>
/// <param name="momentum">μ, 0 to below 1.</param>
/// <param name="weightDecay">λ of the L2 penalty: λW is added to the gradient.</param>
public sealed class RmsPropOptimizer(EnsembleParameters parameters, ITorchBackend backend, double alpha, double epsilon,
    double momentum, bool centered, double weightDecay)
    : Optimizer(parameters, backend)
{
    private Tensor? _square;
    private Tensor? _mean;
    private Tensor? _buffer;

    public override void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null)
    {
        _square ??= State();
        if (centered) _mean ??= State();
        if (momentum != 0) _buffer ??= State();
        Backend.RmsPropStep(
            Parameters.Values, Parameters.Gradients, _square, _mean, _buffer, rates_S, alive_S, alpha, epsilon, momentum,
            weightDecay, scale);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _square?.Dispose();
            _mean?.Dispose();
            _buffer?.Dispose();
        }
        base.Dispose(disposing);
    }
}
