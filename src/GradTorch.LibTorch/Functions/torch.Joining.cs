using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The tensors one after the other along a dimension; their other dimensions agree.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => tensors.Length switch
    {
        0 => throw new ArgumentException("there is no tensor to join", nameof(tensors)),
        1 => tensors[0].alias(),
        _ => Aten.Call("cat", tensors.ToArray(), dim),
    };

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors, dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat((ReadOnlySpan<Tensor>)tensors.ToArray(), dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    /// <summary>The tensors, all of one shape, along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.Call("stack", tensors.ToArray(), dim);

    /// <summary>Side by side: along the second dimension, vectors along their only one.</summary>
    public static Tensor hstack(params Tensor[] tensors) => Aten.Call("hstack", tensors);

    public static Tensor hstack(IList<Tensor> tensors) => Aten.Call("hstack", tensors.ToArray());

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Aten.Call("hstack", tensors.ToArray());

    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Aten.Call("hstack", tensors.ToArray());

    /// <summary>One above the other: along the first dimension, vectors as rows.</summary>
    public static Tensor vstack(Tensor[] tensors) => Aten.Call("vstack", tensors);

    public static Tensor vstack(IList<Tensor> tensors) => Aten.Call("vstack", tensors.ToArray());

    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Aten.Call("vstack", tensors.ToArray());

    /// <summary>Along the third dimension.</summary>
    public static Tensor dstack(params Tensor[] tensors) => Aten.Call("dstack", tensors);

    public static Tensor dstack(IList<Tensor> tensors) => Aten.Call("dstack", tensors.ToArray());

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Aten.Call("dstack", tensors.ToArray());

    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Aten.Call("dstack", tensors.ToArray());

    /// <summary>Vectors as columns, matrices side by side.</summary>
    public static Tensor column_stack(params Tensor[] tensors) => Aten.Call("column_stack", tensors);

    public static Tensor column_stack(IList<Tensor> tensors) => Aten.Call("column_stack", tensors.ToArray());

    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Aten.Call("column_stack", tensors.ToArray());

    /// <summary>As vstack.</summary>
    public static Tensor row_stack(params Tensor[] tensors) => Aten.Call("row_stack", tensors);

    public static Tensor row_stack(IList<Tensor> tensors) => Aten.Call("row_stack", tensors.ToArray());

    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Aten.Call("row_stack", tensors.ToArray());

    /// <summary>A matrix with these on its diagonal.</summary>
    public static Tensor block_diag(params Tensor[] tensors) => Aten.Call("block_diag", tensors);

    /// <summary>All combinations of one element from each vector, as rows.</summary>
    public static Tensor cartesian_prod(params Tensor[] tensors) => Aten.Call("cartesian_prod", tensors);

    public static Tensor cartesian_prod(IList<Tensor> tensors) => Aten.Call("cartesian_prod", tensors.ToArray());

    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Aten.Call("cartesian_prod", tensors.ToArray());

    /// <summary>All choices of <paramref name="r"/> elements of a vector, as rows.</summary>
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.ndim != 1) throw new ArgumentException($"Expected a 1D vector, but got one with {input.ndim} dimensions.");
        if (r < 0) throw new ArgumentException("r must be non-negative");
        return Aten.Call("combinations", input, r, with_replacement);
    }

    /// <summary>Coordinates of a grid: the k-th result varies along the k-th dimension ("ij"), or with the first two exchanged ("xy").</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Aten.CallList("meshgrid.indexing", tensors.ToArray(), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors.Length switch
        {
            0 => throw new ArgumentException("there is no tensor to broadcast", nameof(tensors)),
            1 => new List<Tensor> { tensors[0].alias() },
            _ => Aten.CallList("broadcast_tensors", tensors).ToList(),
        };
    }

    /// <summary>The shape that all of these broadcast to, aligned at the last dimension.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Size broadcast_shapes(params long[][] shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var common = Enumerable.Repeat(1L, shapes.Max(shape => (int?)shape.Length) ?? 0).ToArray();
        foreach (var shape in shapes)
        {
            for (var back = 1; back <= shape.Length; back++)
            {
                if (shape[^back] == 1 || shape[^back] == common[^back]) continue;
                if (common[^back] != 1) throw new ArgumentException("Shape mismatch: objects cannot be broadcast to a single shape");
                common[^back] = shape[^back];
            }
        }
        return common;
    }

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => input.Select(tensor => tensor.atleast_1d());

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => input.Select(tensor => tensor.atleast_2d());

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => input.Select(tensor => tensor.atleast_3d());
}
