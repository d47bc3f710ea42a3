using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Euclidean norm, the fraction of exact zeros, and non-finite elements (added).</summary>
internal sealed record NormMeasure(int Norm, int Zeros, int Nonfinite) : RowMeasure(Nonfinite)
{
    protected override int Last => Math.Max(Norm, Zeros);

    protected override bool Overwrites => Zeros >= 0;

    public override void WriteByOperators(Tensor[] rows_SRN, Tensor table_SRQ)
    {
        var rows = rows_SRN[0];
        Column(table_SRQ, Norm).copy_(Norms(rows.to(float64), scaled: rows.dtype == float64).squeeze(2));
        if (Zeros >= 0) WriteFraction(rows.eq_(0), table_SRQ, Zeros);
    }

    protected override bool Write<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> before, Span<double> place)
    {
        place[Norm] = HostSums.Norm(row);
        if (Zeros >= 0) place[Zeros] = (double)HostSums.Zeros(row) / row.Length;
        return double.IsFinite(place[Norm]);
    }
}
