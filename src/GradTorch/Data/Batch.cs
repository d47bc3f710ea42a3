using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>Examples of every member, on the device. The member dimension S comes first, always.</summary>
/// <param name="Inputs">Vectors (S, B, features), or sequences (S, T, B, features); floating point.</param>
/// <param name="Targets">By <see cref="TargetKind"/>: (S, B) int64, (S, T, B) int64, or (S, B, outputs) floating point.
/// </param>
/// <param name="Lengths">The timesteps that each sequence has, (S, B) int64 from 1 to T, the others being padded with
/// zeros; null when all have T.</param>
public sealed record Batch(Tensor Inputs, Tensor Targets, Tensor? Lengths)
{
    /// <summary>A batch with one member dimension of 1, shown to every member.</summary>
    public Batch ForMembers(long members) =>
        new(Expand(Inputs, members), Expand(Targets, members), Lengths is null ? null : Expand(Lengths, members));

    /// <summary>Sequences (S, T, B, D) as vectors (S, B, T·D), for a model without time. Lengths are dropped: what was
    /// padded is zeros.</summary>
    public Batch AsVectors() => Inputs.dim() == 3
        ? this
        : new Batch(Inputs.transpose(1, 2).flatten(2), Targets, Lengths: null);

    private static Tensor Expand(Tensor tensor, long members) => tensor.expand([members, .. tensor.shape[1..]]);
}
