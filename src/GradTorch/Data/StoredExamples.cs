using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Vectors or sequences that are stored as they came, a quarter of the memory when they are bytes, and standardised
/// batch by batch.</summary>
public sealed class StoredExamples : Examples
{
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly Standardiser _standardiser;

    /// <param name="inputs">Vectors (N, F) or sequences (N, T, D) of any type; the standardiser makes floating-point numbers
    /// of them.</param>
    /// <param name="targets">Classes (N), int64, or real numbers (N, outputs).</param>
    /// <param name="standardiser">For (…, F) or (…, T, B, D). It stays with the caller.</param>
    public StoredExamples(Tensor inputs, Tensor targets, Standardiser standardiser)
    {
        _inputs = inputs.DetachFromDisposeScope();
        _targets = targets.DetachFromDisposeScope();
        _standardiser = standardiser;
    }

    public override long Count => _inputs.shape[0];

    protected internal override Batch Make(Rows rows)
    {
        var raw = _inputs.dim() == 2 ? rows.Of(_inputs) : rows.TimeFirst(_inputs);
        return new Batch(_standardiser.Apply(raw), rows.Of(_targets), Lengths: null);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        _inputs.Dispose();
        _targets.Dispose();
    }
}
