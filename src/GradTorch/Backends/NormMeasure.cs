using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>Euclidean norm, the fraction of exact zeros, and non-finite elements (added).</summary>
internal sealed record NormMeasure(int Norm, int Zeros, int Nonfinite) : RowMeasure
{
    public override void Write(Tensor[] rows_SRN, Tensor table_SRQ)
    {
        var rows = rows_SRN[0];
        var norms = Norms(rows.to(float64), scaled: rows.dtype == float64).squeeze(2);
        Column(table_SRQ, Norm).copy_(norms);
        if (Zeros >= 0) Column(table_SRQ, Zeros).copy_(Count(rows.clone().eq_(0)).to(float64) / rows.shape[2]);
        if (Nonfinite >= 0) AddNonfinite(rows, norms, table_SRQ, Nonfinite);
    }
}
