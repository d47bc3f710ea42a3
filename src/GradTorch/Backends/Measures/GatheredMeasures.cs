using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Of any device, with TorchSharp's own operators, of which each takes longer to be told than to do where layers are small:
/// layers of one shape whose rows follow each other are measured together.</summary>
internal sealed class GatheredMeasures : TappedMeasures
{
    /// <summary>Elements that are measured at once.</summary>
    private const long Portion = 1 << 20;

    private readonly List<Seen> _seen = [];
    private readonly List<Portioned> _portions = [];

    public override void Activation(Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite,
        (double Low, double High)? saturation) =>
        _seen.Add(new Seen(
            Held(tensor), row, new ActivationMeasure(mean, deviation, saturated, nonfinite, saturation?.Low, saturation?.High)));

    public override void Norm(LayerRows layers, int norm, int nonfinite = -1) =>
        Add(new NormMeasure(norm, Zeros: -1, nonfinite), layers);

    public override void Difference(LayerRows layers, LayerRows before, int norm) =>
        Add(new DifferenceMeasure(norm), layers, before);

    public override void Finish()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Gather();
        foreach (var portion in _portions) portion.Write();
        ForgetSeen();
        _portions.Clear();
        base.Finish();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) ForgetSeen();
        base.Dispose(disposing);
    }

    protected override void Measure(Tensor tensor, TableRow row, RowMeasure measure) =>
        _seen.Add(new Seen(tensor.DetachFromDisposeScope(), row, measure));

    private void Add(RowMeasure measure, params LayerRows[] layers)
    {
        var (table, count) = (layers[0].First, (int)layers[0].Rows.size(1));
        var most = (int)Math.Max(1, Portion * count / layers[0].Rows.numel());
        for (var first = 0; first < count; first += most)
        {
            var (from, length) = (first, Math.Min(most, count - first));
            _portions.Add(new Portioned(
                measure, () => [.. layers.Select(all => all.Rows.narrow(1, from, length))], table.Table, table.Index + from, length));
        }
    }

    /// <summary>What was seen becomes portions.</summary>
    private void Gather()
    {
        foreach (var alike in _seen.GroupBy(seen => seen.Measure))
        {
            var portion = new List<(Tensor Tensor, TableRow Row)>();
            long[] shape = [];
            foreach (var seen in alike)
            {
                var tensor = seen.Tensor;
                if (portion.Count > 0 && !(Follows(seen.Row, portion[^1].Row) && tensor.shape.SequenceEqual(shape)
                    && (portion.Count + 1) * tensor.numel() <= Portion)) Close();
                if (portion.Count == 0) shape = tensor.shape;
                portion.Add((tensor, seen.Row));
            }
            Close();

            void Close()
            {
                if (portion.Count == 0) return;
                Tensor[] tensors = [.. portion.Select(one => one.Tensor)];
                var first = portion[0].Row;
                _portions.Add(new Portioned(alike.Key, () => [stack(tensors, 1).flatten(2)], first.Table, first.Index, tensors.Length));
                portion.Clear();
            }
        }
    }

    private static bool Follows(TableRow row, TableRow before) =>
        ReferenceEquals(row.Table, before.Table) && row.Index == before.Index + 1;

    private void ForgetSeen()
    {
        foreach (var one in _seen) one.Tensor.Dispose();
        _seen.Clear();
    }

    private sealed record Seen(Tensor Tensor, TableRow Row, RowMeasure Measure);

    /// <param name="Rows_SRN">Made one portion after the other, for all of them together would take memory: what is measured, then what
    /// it is compared with, if anything.</param>
    /// <param name="Whole">The table that it goes to, from row First on.</param>
    private sealed record Portioned(RowMeasure Measure, Func<Tensor[]> Rows_SRN, Tensor Whole, long First, int Count)
    {
        public void Write()
        {
            using var scope = NewDisposeScope();
            var (rows, table) = (Rows_SRN(), Whole.narrow(1, First, Count));
            Measure.AddNonfinite(rows[0], table);
            Measure.WriteByOperators(rows, table);
        }
    }
}
