using GradTorch.Models;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>The underflow ledger: how many elements of each layer's δ lie in each power of ten, and how many are exactly 0, denormal
/// or not finite. δ is as it was computed: in float16 that of the scaled loss.</summary>
public sealed class GradientExponents : GradientMeasurement
{
    /// <summary>How many elements of δ are exactly 0.</summary>
    public const string Zeros = "delta_zeros";

    /// <summary>How many are not 0, but below the smallest normal number of the type that they are computed in; they count in their
    /// powers of ten, too.</summary>
    public const string Denormals = "delta_denormals";

    /// <summary>How many are NaN or infinite.</summary>
    public const string Nonfinite = "delta_nonfinite";

    private static readonly string[] Names = [Zeros, Denormals, Nonfinite];

    /// <summary>Added to logarithms, so that a power of ten does not fall below itself: more than they are wrong by, less than float32
    /// can tell apart.</summary>
    private const double Rounding = 2e-13;

    private readonly int _layers;
    private readonly double _smallestNormal;
    private readonly Tensor _counts_SLN;

    public GradientExponents(EnsembleModel model)
    {
        var values = model.Parameters.Values;
        _layers = model.LayerNames.Count;
        _smallestNormal = (model.Parameters.Narrow ?? values.dtype) switch
        {
            ScalarType.Float64 => 2.2250738585072014e-308,
            ScalarType.Float16 => 6.103515625e-5,
            _ => 1.1754943508222875e-38,
        };
        (First, Count) = RangeOf(values.dtype == float64);
        Places = [.. Enumerable.Range(1, _layers).SelectMany(layer => Names.Select(name => new LayerMeasurePlace(layer, name)))];
        // 0 and all that is too small lies before the powers of ten, and what is not finite behind them.
        _counts_SLN = zeros([values.shape[0], _layers, Count + 2], float64, values.device).DetachFromDisposeScope();
        Counts = _counts_SLN.narrow(2, 1, Count).DetachFromDisposeScope();
    }

    public override IReadOnlyList<LayerMeasurePlace> Places { get; }

    /// <summary>n of the smallest power of ten, 10ⁿ ≤ |δ| &lt; 10ⁿ⁺¹.</summary>
    public int First { get; }

    /// <summary>How many powers of ten there are.</summary>
    public int Count { get; }

    /// <summary>(S, L, powers of ten).</summary>
    public Tensor Counts { get; }

    /// <summary>All powers of ten of a type; denormals of float64 are in none.</summary>
    public static (int First, int Count) RangeOf(bool isDouble) => isDouble ? (-308, 617) : (-45, 84);

    public override void Measure(RepeatedStep step, Tensor values_SP)
    {
        using var scope = NewDisposeScope();
        _counts_SLN.zero_();
        var columns = new List<Tensor>();
        for (var layer = 0; layer < _layers; layer++)
        {
            using var ofLayer = NewDisposeScope();
            var size_SN = step.Watches[layer].Gradients().flatten(1).to(float64).abs();
            // In place: several times as fast as truth values.
            var (zeros_S, small_S) = (size_SN.clone().eq_(0).sum(1), size_SN.clone().lt_(_smallestNormal).sum(1));
            columns.Add(stack([zeros_S, small_S - zeros_S], -1).MoveToOuterDisposeScope());
            var place_SN = size_SN.log10_().add_(Rounding - First).floor_().clamp_(-1, Count).nan_to_num_(Count).add_(1).to(int64);
            _counts_SLN.select(1, layer).scatter_add_(1, place_SN, ones([1, 1], float64, size_SN.device).expand_as(place_SN));
        }
        var nonfinite_SL1 = _counts_SLN.narrow(2, Count + 1, 1);
        values_SP.copy_(cat([stack([.. columns], 1), nonfinite_SL1], -1).flatten(1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Counts.Dispose();
            _counts_SLN.Dispose();
        }
        base.Dispose(disposing);
    }
}
