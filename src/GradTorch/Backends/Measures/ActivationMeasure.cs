using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Mean, standard deviation (n − 1), the fraction of elements outside of the bounds, and non-finite elements (added).
/// </summary>
/// <param name="Low">Null where bounds do not tell what is saturated.</param>
internal sealed record ActivationMeasure(int Mean, int Deviation, int Saturated, int Nonfinite, double? Low, double? High)
    : RowMeasure(Nonfinite)
{
    protected override int Last => Math.Max(Math.Max(Mean, Deviation), Saturated);

    protected override bool Overwrites => true;

    public override void WriteByOperators(Tensor[] rows_SRN, Tensor table_SRQ)
    {
        var rows = rows_SRN[0];
        var wide = rows.to(float64, copy: true);
        var mean = wide.mean([-1L], keepdim: true);
        Column(table_SRQ, Mean).copy_(mean.squeeze(2));
        // Several times as fast as std.
        Column(table_SRQ, Deviation).copy_(Norms(wide.sub_(mean), scaled: false).squeeze(2).div_(Math.Sqrt(rows.size(2) - 1)));
        if (Low is not { } low || High is not { } high) return;
        var outside = low == -high ? rows.abs_().ge_(high) : rows.clone().le_(low).add_(rows.ge_(high));
        WriteFraction(outside, table_SRQ, Saturated);
    }

    protected override bool Write<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> before, Span<double> place)
    {
        place[Mean] = HostSums.Sum(row) / row.Length;
        var squares = HostSums.Squares(row, place[Mean]);
        place[Deviation] = Math.Sqrt(squares / (row.Length - 1));
        if (Low is { } low && High is { } high)
            place[Saturated] = (double)HostSums.Outside(row, T.CreateTruncating(low), T.CreateTruncating(high)) / row.Length;
        return double.IsFinite(squares);
    }
}
