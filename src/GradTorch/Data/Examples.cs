using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>One split on the device: inputs (N, F) and class labels (N). Batches are gathered there.</summary>
public sealed class Examples : IDisposable
{
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private readonly Standardiser _standardiser;

    /// <param name="inputs_NF">Any type; the standardiser makes floating-point numbers of them, batch by batch.</param>
    /// <param name="labels_N">int64.</param>
    public Examples(Tensor inputs_NF, Tensor labels_N, Standardiser standardiser)
    {
        _inputs = inputs_NF.DetachFromDisposeScope();
        _labels = labels_N.DetachFromDisposeScope();
        _standardiser = standardiser;
        Count = inputs_NF.shape[0];
        Features = inputs_NF.shape[1];
    }

    public long Count { get; }

    public long Features { get; }

    /// <param name="indices_SB">int64, on the device.</param>
    /// <returns>Standardised inputs (S, B, F) and labels (S, B).</returns>
    public (Tensor Inputs, Tensor Labels) Gather(Tensor indices_SB)
    {
        var shape = indices_SB.shape;
        var flat = indices_SB.reshape(-1);
        var inputs = _standardiser.Apply(_inputs.index_select(0, flat)).view(shape[0], shape[1], Features);
        return (inputs, _labels.index_select(0, flat).view(shape));
    }

    /// <returns>Standardised inputs (1, n, F) and labels (n) of a range.</returns>
    public (Tensor Inputs, Tensor Labels) Range(long start, long count) =>
        (_standardiser.Apply(_inputs.narrow(0, start, count)).unsqueeze(0), _labels.narrow(0, start, count));

    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
    }
}
