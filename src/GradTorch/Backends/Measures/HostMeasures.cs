using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Of a CPU: each tensor as it comes, while it is in the caches. Where the elements can't be read in place, with
/// operators.</summary>
internal sealed class HostMeasures : TappedMeasures
{
    public override void Activation(Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite,
        (double Low, double High)? saturation) =>
        Measure(tensor, row, new ActivationMeasure(mean, deviation, saturated, nonfinite, saturation?.Low, saturation?.High));

    public override void Norm(LayerRows layers, int norm, int nonfinite = -1) =>
        Measure(new NormMeasure(norm, Zeros: -1, nonfinite), layers);

    public override void Difference(LayerRows layers, LayerRows before, int norm) => Measure(new DifferenceMeasure(norm), layers, before);

    protected override void Measure(Tensor tensor, TableRow row, RowMeasure measure)
    {
        using var scope = NewDisposeScope();
        if (HostRows.CanRead(tensor)) measure.Write([HostRows.Of(tensor)], row.Table, row.Index);
        else measure.Write(row.Row, tensor);
    }

    private static void Measure(RowMeasure measure, params LayerRows[] layers)
    {
        var (first, table) = (layers[0].First, layers[0].Table);
        if (HostRows.CanRead(layers[0].All))
        {
            measure.Write([.. layers.Select(HostRows.Of)], first.Table, first.Index);
            return;
        }
        using var scope = NewDisposeScope();
        for (var layer = 0; layer < table.size(1); layer++)
            measure.Write(table.select(1, layer), [.. layers.Select(all => all.Rows.select(1, layer))]);
    }
}
