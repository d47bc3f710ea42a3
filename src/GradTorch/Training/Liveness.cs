using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Which members still train. A member that meets a NaN or an infinity stops there: its weights stay those
/// before the update it could not do, and the batch of that step is kept so that the place can be found.</summary>
public sealed class Liveness : IDisposable
{
    private readonly Tensor _alive_S;
    private readonly Tensor _batch_SB;

    public Liveness(long members, long batch, Device device)
    {
        _alive_S = ones([members], ScalarType.Bool, device).DetachFromDisposeScope();
        _batch_SB = zeros([members, batch], int64, device).DetachFromDisposeScope();
    }

    /// <summary>bool (S).</summary>
    public Tensor Alive => _alive_S;

    /// <summary>The last batch of each member while it was alive, (S, B).</summary>
    public Tensor LastBatch => _batch_SB;

    public void Update(Tensor indices_SB, Tensor finite_S)
    {
        _batch_SB.copy_(where(_alive_S.unsqueeze(1), indices_SB, _batch_SB));
        _alive_S.logical_and_(finite_S);
    }

    public void Dispose()
    {
        _alive_S.Dispose();
        _batch_SB.Dispose();
    }
}
