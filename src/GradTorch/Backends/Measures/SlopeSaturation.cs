using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>The fraction of saturated units where activations do not tell it: counted on the slopes that backward uses.
/// </summary>
public sealed class SlopeSaturation : IDisposable
{
    private readonly Nonlinearity _nonlinearity;
    private readonly MemberValues _limit;

    private SlopeSaturation(Nonlinearity nonlinearity, int members)
    {
        _nonlinearity = nonlinearity;
        _limit = new MemberValues(
        [
            .. Enumerable.Range(0, members).Select(member => Activation.SaturatedSlope * nonlinearity.LargestSlope(member)),
        ]);
    }

    /// <summary>Null where <see cref="Nonlinearity.Saturation"/> says it already.</summary>
    public static SlopeSaturation? Of(Nonlinearity nonlinearity, long members) =>
        nonlinearity.Saturation is null ? new SlopeSaturation(nonlinearity, (int)members) : null;

    /// <summary>Slopes of at most this size are saturated, of each member.</summary>
    public IReadOnlyList<double> Limits => _limit.All;

    /// <summary>Overwrites a column of a table (S, quantity) with each member's fraction.</summary>
    /// <param name="z">Pre-activations (S, …).</param>
    public void Measure(Tensor z, Tensor table_SQ, int column)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var saturated = _nonlinearity.Slope(z).abs().le(_limit.Like(z)).to(float64).reshape(z.shape[0], -1);
        table_SQ.select(1, column).copy_(saturated.mean([1]));
    }

    public void Dispose() => _limit.Dispose();
}
