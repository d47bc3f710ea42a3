using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>Inverted dropout: in training a ⊙ m with m = 1/(1 − p) with probability 1 − p, else 0; in evaluation a. Each
/// member draws from its own stream, so that its masks are the same alone and among others.</summary>
/// <remarks>Srivastava et al. 2014, JMLR 15; inverted as in torch.nn.Dropout.</remarks>
public sealed class EnsembleDropout : nn.Module<Tensor, Tensor>
{
    private readonly double _probability;
    private readonly StepState _state;
    private Tensor? _mask;

    /// <param name="probability">p, from 0 to below 1.</param>
    public EnsembleDropout(string name, double probability, StepState state) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        (_probability, _state) = (probability, state);
        state.DrawsAtRandom = true;
        RegisterComponents();
    }

    /// <exception cref="InvalidOperationException">A step is to be replayed, and there was none.</exception>
    public override Tensor forward(Tensor input)
    {
        if (!training) return input;
        if (!_state.Replaying) Draw(input);
        return input * (_mask ?? throw new InvalidOperationException($"{GetName()} has no step to replay"));
    }

    /// <summary>The mask of the last step; nothing before the first.</summary>
    internal void VisitMask(string name, IStateVisitor visitor)
    {
        if (_mask is not null) visitor.Visit(name, _mask);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _mask?.Dispose();
        base.Dispose(disposing);
    }

    private void Draw(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var mask = empty(input.shape, input.dtype, input.device);
        for (var member = 0; member < _state.Dropout.Count; member++)
            mask[member].bernoulli_(1 - _probability, _state.Dropout[member]);
        mask.div_(1 - _probability);
        if (_mask is not null && _mask.shape.SequenceEqual(mask.shape)) mask = _state.Living(mask, _mask);
        _mask?.Dispose();
        _mask = mask.DetachFromDisposeScope();
    }
}
