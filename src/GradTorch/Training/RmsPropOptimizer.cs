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
    private readonly Tensor _square = StateOf(parameters);
    private readonly Tensor? _mean = centered ? StateOf(parameters) : null;
    private readonly Tensor? _buffer = momentum == 0 ? null : StateOf(parameters);

    public override void Step(Tensor rates_S, Tensor alive_S, GradientScale? scale = null) => Backend.RmsPropStep(
        Parameters.Values, Parameters.Gradients, _square, _mean, _buffer, rates_S, alive_S, alpha, epsilon, momentum, weightDecay, scale);

    public override void Visit(IStateVisitor visitor)
    {
        visitor.Visit("optimizer.square", _square);
        if (_mean is not null) visitor.Visit("optimizer.mean", _mean);
        if (_buffer is not null) visitor.Visit("optimizer.buffer", _buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _square.Dispose();
            _mean?.Dispose();
            _buffer?.Dispose();
        }
        base.Dispose(disposing);
    }
}
