using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Indexing;

/// <summary>The part of a tensor that a list of indices selects: a view for positions, slices and new axes, and one
/// tensor of positions per dimension for what a view can't express. Owns the views made on the way.</summary>
internal sealed class IndexedView : IDisposable
{
    private readonly Tensor _source;
    private readonly List<Tensor> _owned = [];
    private readonly List<Tensor?> _positions = [];
    private Tensor _view;

    /// <summary>Dimensions of the view that masks of several dimensions cover beyond one each.</summary>
    private long _covered;

    internal IndexedView(Tensor source, TensorIndex[] indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        _source = _view = source;
        try
        {
            var free = source.Dimensions - Specified(indices);
            if (free < 0) throw new ExternalException($"too many indices for tensor of dimension {source.Dimensions}");
            var dim = 0L;
            foreach (var index in indices) dim = Apply(index, dim, free);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Tensor Read()
    {
        if (_positions.Exists(positions => positions is not null)) return Aten.Call("index.Tensor", _view, _positions.ToArray());
        return Aten.Call("alias", _view);
    }

    /// <summary>Writes the value, broadcast to the selected shape.</summary>
    internal void Write(Tensor value, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var trimmed = WithoutLeadingOnes(value);
        if (_positions.Exists(positions => positions is not null))
            Aten.CallInto(_view, "index_put_", _view, _positions.ToArray(), trimmed, accumulate);
        else if (accumulate)
            Aten.CallInto(_view, "add_.Tensor", _view, trimmed);
        else
            Aten.CallInto(_view, "copy_", _view, trimmed);
    }

    internal void Fill(Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!_positions.Exists(positions => positions is not null))
        {
            Aten.CallInto(_view, "fill_.Scalar", _view, value);
            return;
        }
        using var single = Aten.Call("full", Array.Empty<long>(), value, _source.dtype, Argument.None, _source.device);
        Write(single);
    }

    public void Dispose()
    {
        foreach (var tensor in _owned) tensor.Dispose();
        _owned.Clear();
    }

    /// <summary>How many of the source's dimensions the indices speak of.</summary>
    private static long Specified(TensorIndex[] indices) => indices.Sum(index => index.Sort switch
    {
        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
        TensorIndex.Kind.Tensor => IsMask(index.Positions!) ? index.Positions!.Dimensions : 1,
        _ => 0,
    });

    private static bool IsMask(Tensor positions) => positions.dtype is ScalarType.Bool or ScalarType.Byte;

    /// <summary>Applies one index at a dimension of the view; returns the next one.</summary>
    private long Apply(TensorIndex index, long dim, long free)
    {
        switch (index.Sort)
        {
            case TensorIndex.Kind.Single:
                Replace(Aten.Call("select.int", _view, dim, index.Start ?? throw new ArgumentException("a single index needs a position, got null")));
                return dim;
            case TensorIndex.Kind.Slice:
                if (index is not { Start: null, Stop: null, Step: null })
                    Replace(Aten.Call("slice.Tensor", _view, dim, index.Start, index.Stop, index.Step ?? 1));
                return dim + 1;
            case TensorIndex.Kind.Ellipsis:
                return dim + free;
            case TensorIndex.Kind.Bool:
                return Mask(dim, index.Start == 1);
            case TensorIndex.Kind.Tensor:
                return Select(index.Positions!, dim);
            default:
                Replace(Aten.Call("unsqueeze", _view, dim));
                return dim + 1;
        }
    }

    /// <summary>A Boolean makes a new axis of size 1 (true) or 0 (false).</summary>
    private long Mask(long dim, bool keep)
    {
        Replace(Aten.Call("unsqueeze", _view, dim));
        Record(Own(Aten.Call("zeros", new[] { keep ? 1L : 0L }, ScalarType.Int64, Argument.None, _source.device)), dim);
        return dim + 1;
    }

    private long Select(Tensor positions, long dim)
    {
        var masked = IsMask(positions);
        if (positions.Dimensions == 0 && masked) return Mask(dim, positions.ToScalar().ToBoolean());
        if (positions.Dimensions == 0 && is_integral(positions.dtype))
        {
            Replace(Aten.Call("select.int", _view, dim, positions.ToScalar().ToInt64()));
            return dim;
        }
        Record(positions, dim);
        return dim + (masked ? positions.Dimensions : 1);
    }

    private void Record(Tensor positions, long dim)
    {
        // A mask is one entry of the list, however many dimensions it covers.
        while (_positions.Count < dim - _covered) _positions.Add(null);
        _positions.Add(positions);
        if (IsMask(positions)) _covered += positions.Dimensions - 1;
    }

    private Tensor WithoutLeadingOnes(Tensor value)
    {
        var shape = value.shape;
        var first = 0;
        while (first < shape.Length && shape[first] == 1) first++;
        return first == 0 ? value : Own(Aten.Call("reshape", value, shape[first..]));
    }

    private void Replace(Tensor view) => _view = Own(view);

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor);
        return tensor;
    }
}
