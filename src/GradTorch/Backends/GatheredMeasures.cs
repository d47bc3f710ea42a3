using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>With TorchSharp's own operators, of which each costs as much as its elements do where layers are small: layers of
/// one shape whose rows follow each other are measured together.</summary>
internal sealed class GatheredMeasures : LayerMeasures
{
    /// <summary>Elements that are measured at once. On a CPU they stay in the caches, with what is made of them in float64; other
    /// devices take longest to be told.</summary>
    private const long CpuPortion = 1 << 16, DevicePortion = 1 << 20;

    private readonly List<Seen> _tapped = [];
    private readonly List<Seen> _seen = [];
    private readonly List<Portioned> _portions = [];

    public override void Tap(Tensor tensor, TableRow row, int norm, int zeros, int nonfinite)
    {
        if (tensor.requires_grad) _tapped.Add(new Seen(Held(tensor), row, new NormMeasure(norm, zeros, nonfinite)));
    }

    public override void Activation(Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite,
        (double Low, double High)? saturation) =>
        _seen.Add(new Seen(
            Held(tensor), row, new ActivationMeasure(mean, deviation, saturated, nonfinite, saturation?.Low, saturation?.High)));

    public override void Backward(Tensor loss, IReadOnlyList<(Tensor Value, Tensor Gradient)> parameters)
    {
        using var scope = NewDisposeScope();
        // To strided gradients functions of ours add, which give libtorch nothing: it would leave out those that it needs for
        // no tap, and TorchSharp counts a tensor too many for each gradient that is not there.
        var gradients = parameters.All(parameter => parameter.Gradient.is_contiguous())
            ? GivenOut(loss, parameters)
            : Retained(loss);
        for (var index = 0; index < _tapped.Count; index++)
        {
            if (gradients[index] is { IsInvalid: false } gradient)
                _seen.Add(_tapped[index] with { Tensor = gradient.DetachFromDisposeScope() });
        }
        Forget(_tapped);
    }

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
        CountNonfinite();
        Forget(_tapped);
        Forget(_seen);
        _portions.Clear();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget(_tapped);
            Forget(_seen);
        }
        base.Dispose(disposing);
    }

    /// <summary>What is tapped counts as input, like the parameters: libtorch gives those gradients out as they are, whereas
    /// retaining copies each, at about the cost of all that is measured of it.</summary>
    private IReadOnlyList<Tensor?> GivenOut(Tensor loss, IReadOnlyList<(Tensor Value, Tensor Gradient)> parameters)
    {
        var gradients = autograd.grad(
            [loss], [.. _tapped.Select(tap => tap.Tensor), .. parameters.Select(parameter => parameter.Value)], allow_unused: true);
        using var off = no_grad();
        for (var index = 0; index < parameters.Count; index++)
        {
            if (gradients[_tapped.Count + index] is { IsInvalid: false } gradient) parameters[index].Gradient.add_(gradient);
        }
        return [.. gradients];
    }

    private IReadOnlyList<Tensor?> Retained(Tensor loss)
    {
        foreach (var tap in _tapped) tap.Tensor.retain_grad();
        loss.backward();
        return [.. _tapped.Select(tap => tap.Tensor.grad)];
    }

    private void Add(RowMeasure measure, params LayerRows[] layers)
    {
        var (table, count) = (layers[0].Places[0], (int)layers[0].Rows.size(1));
        var most = (int)Math.Max(1, Portion(layers[0].Rows) * count / layers[0].Rows.numel());
        for (var first = 0; first < count; first += most)
        {
            var (from, length) = (first, Math.Min(most, count - first));
            _portions.Add(new Portioned(
                measure, () => [.. layers.Select(all => all.Rows.narrow(1, from, length))], table.Table, table.Index + from, length));
        }
    }

    /// <summary>The same tensor once more, for callers dispose of theirs: a sequence of modules of what is between them. Its type is
    /// its own already, so nothing is converted or copied.</summary>
    private static Tensor Held(Tensor tensor) => tensor.to(tensor.dtype).DetachFromDisposeScope();

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
                    && (portion.Count + 1) * tensor.numel() <= Portion(tensor))) Close();
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

    private void CountNonfinite()
    {
        Tensor? table = null;
        var counts = false;
        foreach (var portion in _portions)
        {
            if (!ReferenceEquals(portion.Whole, table))
                (table, counts) = (portion.Whole, RowMeasure.MayHoldNonfinite(portion.Whole));
            if (counts) portion.AddNonfinite();
        }
    }

    private static long Portion(Tensor tensor) => tensor.is_cpu() ? CpuPortion : DevicePortion;

    private static bool Follows(TableRow row, TableRow before) =>
        ReferenceEquals(row.Table, before.Table) && row.Index == before.Index + 1;

    private static void Forget(List<Seen> seen)
    {
        foreach (var one in seen) one.Tensor.Dispose();
        seen.Clear();
    }

    private sealed record Seen(Tensor Tensor, TableRow Row, RowMeasure Measure);

    /// <param name="Rows_SRN">Made anew each time, for all of them together would take memory: what is measured, then what it is
    /// compared with, if anything.</param>
    /// <param name="Whole">The table that it goes to, from row First on.</param>
    private sealed record Portioned(RowMeasure Measure, Func<Tensor[]> Rows_SRN, Tensor Whole, long First, int Count)
    {
        public void Write()
        {
            using var scope = NewDisposeScope();
            Measure.Write(Rows_SRN(), Whole.narrow(1, First, Count));
        }

        public void AddNonfinite()
        {
            if (Measure.Nonfinite < 0) return;
            using var scope = NewDisposeScope();
            Measure.AddNonfinite(Rows_SRN()[0], Whole.narrow(1, First, Count));
        }
    }
}
