using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>What each member's loss is multiplied by before backward, so that gradients in float16 do not become 0. It doubles after 2000
/// updates; an update whose gradient is not finite is left out instead, and halves it.</summary>
/// <remarks>As torch.amp.GradScaler, but each member has its own, and nothing leaves the device. Powers of two: neither multiplying nor
/// dividing rounds.</remarks>
public sealed class LossScale : IDisposable
{
    /// <summary>At the start.</summary>
    public const double First = 65536;

    /// <summary>Updates until it doubles.</summary>
    public const long Patience = 2000;

    private readonly Tensor _done_S;

    public LossScale(long members, Device device)
    {
        Values = full([members], First, float32, device).DetachFromDisposeScope();
        _done_S = zeros([members], int64, device).DetachFromDisposeScope();
    }

    /// <summary>float32 (S).</summary>
    public Tensor Values { get; }

    /// <summary>Looks at an update's gradients, before it is done.</summary>
    /// <param name="finiteLoss_S">bool.</param>
    /// <param name="finiteGradient_S">bool.</param>
    /// <returns>bool (S): members whose update is to be left out. One whose loss is not finite, or whose gradient is not although nothing is
    /// scaled any more, diverges.</returns>
    public Tensor Update(Tensor finiteLoss_S, Tensor finiteGradient_S)
    {
        using var scope = NewDisposeScope();
        var overflows = finiteLoss_S.logical_and(finiteGradient_S.logical_not()).logical_and_(Values.gt(1));
        var done = where(overflows, zeros_like(_done_S), _done_S.add(1));
        var grows = done.ge(Patience);
        Values.copy_(where(overflows, Values.mul(0.5), where(grows, Values.mul(2), Values)));
        _done_S.copy_(where(grows, zeros_like(done), done));
        return overflows.MoveToOuterDisposeScope();
    }

    public void Visit(IStateVisitor visitor)
    {
        visitor.Visit("loss_scale.values", Values);
        visitor.Visit("loss_scale.updates", _done_S);
    }

    public void Dispose()
    {
        Values.Dispose();
        _done_S.Dispose();
    }
}
