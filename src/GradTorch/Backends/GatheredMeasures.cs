using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>With TorchSharp's own operators, of which each costs as much as its elements do where layers are small: tensors are
/// remembered, and those of one shape whose rows follow each other are measured together. A tap has libtorch keep the gradient.
/// </summary>
internal sealed class GatheredMeasures : LayerMeasures
{
    /// <summary>Elements that are measured at once: more would leave the caches, and take memory.</summary>
    private const long Portion = 1 << 18;

    private readonly List<Tapped> _tapped = [];
    private readonly Dictionary<RowMeasure, List<Measured>> _measured = [];
    private readonly List<Tensor> _held = [];

    public override void Tap(Tensor tensor, TableRow row, int norm, int zeros, int nonfinite)
    {
        if (!tensor.requires_grad) return;
        tensor.retain_grad();
        _tapped.Add(new Tapped(Hold(tensor), row, new NormMeasure(norm, zeros, nonfinite)));
    }

    public override void Norm(Tensor tensor, TableRow row, int norm, int nonfinite = -1) =>
        Add(new NormMeasure(norm, -1, nonfinite), row, tensor);

    public override void Difference(Tensor tensor, Tensor before, TableRow row, int norm) =>
        Add(new DifferenceMeasure(norm), row, tensor, before);

    public override void Activation(Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite,
        (double Low, double High)? saturation) =>
        Add(new ActivationMeasure(mean, deviation, saturated, nonfinite, saturation?.Low, saturation?.High), row, Hold(tensor));

    public override void Finish()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        foreach (var (tensor, row, measure) in _tapped)
        {
            if (tensor.grad is { } gradient) Add(measure, row, gradient);
        }
        foreach (var (measure, all) in _measured)
        {
            for (var first = 0; first < all.Count;)
            {
                var count = Together(all, first);
                Write(measure, all.GetRange(first, count));
                first += count;
            }
        }
        Forget();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Forget();
        base.Dispose(disposing);
    }

    private void Add(RowMeasure measure, TableRow row, params Tensor[] tensors)
    {
        if (!_measured.TryGetValue(measure, out var list)) _measured[measure] = list = [];
        list.Add(new Measured(tensors, row, tensors[0].shape));
    }

    /// <summary>The same tensor once more, for callers dispose of theirs: a sequence of modules of what is between them. Its type is
    /// its own already, so nothing is converted or copied.</summary>
    private Tensor Hold(Tensor tensor)
    {
        var held = tensor.to(tensor.dtype).DetachFromDisposeScope();
        _held.Add(held);
        return held;
    }

    /// <summary>How many from the first on are measured together.</summary>
    private static int Together(List<Measured> all, int first)
    {
        var (start, size) = (all[first], all[first].Shape.Aggregate(1L, (product, length) => product * length));
        var count = 1;
        while (first + count < all.Count && (count + 1) * size <= Portion)
        {
            var next = all[first + count];
            if (!ReferenceEquals(next.Row.Table, start.Row.Table) || next.Row.Index != start.Row.Index + count
                || !next.Shape.SequenceEqual(start.Shape)) break;
            count++;
        }
        return count;
    }

    private static void Write(RowMeasure measure, List<Measured> together)
    {
        using var scope = NewDisposeScope();
        var row = together[0].Row;
        measure.Write(
            [.. together[0].Tensors.Select((_, index) => Rows([.. together.Select(one => one.Tensors[index])]))],
            row.Table.narrow(1, row.Index, together.Count));
    }

    private static Tensor Rows(Tensor[] tensors) =>
        (tensors.Length == 1 ? tensors[0] : stack(tensors, 1)).reshape(tensors[0].shape[0], tensors.Length, -1);

    private void Forget()
    {
        foreach (var tensor in _held) tensor.Dispose();
        _held.Clear();
        _tapped.Clear();
        foreach (var list in _measured.Values) list.Clear();
    }

    private sealed record Tapped(Tensor Tensor, TableRow Row, RowMeasure Measure);

    /// <param name="Tensors">What is measured, then what it is compared with, if anything.</param>
    private sealed record Measured(Tensor[] Tensors, TableRow Row, long[] Shape);
}
