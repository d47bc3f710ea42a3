using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Euclidean norm of what changed.</summary>
internal sealed record DifferenceMeasure(int Norm) : RowMeasure(Nonfinite: -1)
{
    protected override int Last => Norm;

    protected override bool Overwrites => false;

    public override void WriteByOperators(Tensor[] rows_SRN, Tensor table_SRQ)
    {
        var (now, before) = (rows_SRN[0], rows_SRN[1]);
        Column(table_SRQ, Norm).copy_(Norms(now.to(float64, copy: true).sub_(before), scaled: now.dtype == float64).squeeze(2));
    }

    protected override bool Write<T>(ReadOnlySpan<T> row, ReadOnlySpan<T> before, Span<double> place)
    {
        place[Norm] = HostSums.DifferenceNorm(row, before);
        return true;
    }
}
