using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>Mean, standard deviation (n − 1), the fraction of elements outside of the bounds, and non-finite elements (added).
/// </summary>
/// <param name="Low">Null where bounds do not tell what is saturated.</param>
internal sealed record ActivationMeasure(int Mean, int Deviation, int Saturated, int Nonfinite, double? Low, double? High) : RowMeasure
{
    public override void Write(Tensor[] rows_SRN, Tensor table_SRQ)
    {
        var rows = rows_SRN[0];
        var count = rows.shape[2];
        var wide = rows.to(float64, copy: true);
        var mean = wide.mean([-1L], keepdim: true);
        Column(table_SRQ, Mean).copy_(mean.squeeze(2));
        // Several times as fast as std.
        Column(table_SRQ, Deviation).copy_(Norms(wide.sub_(mean), scaled: false).squeeze(2).div_(Math.Sqrt(count - 1)));
        if (Low is { } low && High is { } high)
        {
            var outside = low == -high
                ? Count(rows.abs().ge_(high))
                : Count(rows.clone().le_(low)).add_(Count(rows.clone().ge_(high)));
            Column(table_SRQ, Saturated).copy_(outside.to(float64) / count);
        }
        AddNonfinite(rows, mean.squeeze(2), table_SRQ, Nonfinite);
    }
}
