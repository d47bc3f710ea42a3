using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

internal static partial class ShapeCases
{
    private static void Joins()
    {
        Many("split", x => x[0].split(3, 1));
        Many("split sizes", x => x[0].split([1, 3], 1), x => split(x[0], [1, 3], 1), x => x[0].split((ReadOnlySpan<long>)[1, 3], 1));
        Many("chunk", x => x[0].chunk(2), x => chunk(x[0], 2));
        Many("unbind", x => x[0].unbind(1), x => unbind(x[0], 1));
        Many("tensor_split", x => x[0].tensor_split(3, 1), x => tensor_split(x[0], 3, 1));
        Many("tensor_split at", x => x[0].tensor_split([1, 2], 1), x => tensor_split(x[0], [1, 2], 1),
            x => x[0].tensor_split(tensor(new long[] { 1, 2 }), 1), x => x[0].hsplit(1, 2), x => hsplit(x[0], (1, 2)));
        Many("vsplit", x => x[0].vsplit(3), x => x[0].vsplit(1, 2), x => vsplit(x[0], [1, 2]), x => x[0].vsplit(tensor(new long[] { 1, 2 })));
        Many("hsplit", x => x[0].hsplit(2), x => hsplit(x[0], 2), x => x[0].hsplit(tensor(new long[] { 2 })), x => hsplit(x[0], new long[] { 2 }));
        Many("dsplit", x => x[0].dsplit(2), x => dsplit(x[0], 2), x => x[0].dsplit(new long[] { 2 }), x => x[0].dsplit(tensor(new long[] { 2 })));
        One("cat", x => cat([x[0], x[1]], 1), x => cat(new List<Tensor> { x[0], x[1] }, 1), x => cat(new[] { x[0], x[1] }, 1),
            x => concat([x[0], x[1]], 1), x => concatenate([x[0], x[1]], 1));
        One("stack", x => stack([x[0], x[1]], 1));
        One("hstack", x => hstack(x[0], x[1]), x => hstack(new List<Tensor> { x[0], x[1] }));
        One("vstack", x => vstack([x[0], x[1]]), x => vstack(new List<Tensor> { x[0], x[1] }), x => row_stack(x[0], x[1]));
        One("dstack", x => dstack(x[0], x[1]), x => dstack(new List<Tensor> { x[0], x[1] }));
        One("column_stack", x => column_stack(x[0], x[1]));
        One("block_diag", x => block_diag(x[0], x[1]));
        Many("meshgrid", x => meshgrid([x[0], x[1]]));
        Many("meshgrid xy", x => meshgrid([x[0], x[1]], "xy"));
        Many("broadcast_tensors", x => [.. broadcast_tensors(x[0], x[1])]);
        One("cartesian_prod", x => cartesian_prod(x[0], x[1]), x => cartesian_prod(new List<Tensor> { x[0], x[1] }));
        One("combinations", x => combinations(x[0]));
    }

    private static void Sorts()
    {
        Many("sort", x => List(x[0].sort(1)), x => List(sort(x[0], 1)));
        Many("sort descending", x => List(x[0].sort(0, descending: true)));
        Many("sort stable", x => List(x[0].sort(1, stable: true)));
        One("msort", x => x[0].msort(), x => msort(x[0]));
        One("argsort", x => x[0].argsort(1, true), x => argsort(x[0], 1, true));
        Many("topk", x => List(x[0].topk(2, 1)), x => List(topk(x[0], 2, 1)));
        Many("topk smallest", x => List(x[0].topk(2, 0, largest: false)));
        Many("kthvalue", x => List(x[0].kthvalue(2, 1)), x => List(kthvalue(x[0], 2, 1)), x => List(x[0].kthvalue(2, null)));
        Many("unique", x => Known(x[0].unique(return_inverse: true, return_counts: true)), x => Known(unique(x[0], true, true, true)));
        Many("unique rows", x => Known(x[0].unique(dim: 0)));
        Many("unique_consecutive", x => Known(x[0].unique_consecutive(return_counts: true)), x => Known(unique_consecutive(x[0], false, true)));
        One("bincount", x => x[0].flatten().bincount(null), x => bincount(x[0].flatten()));
        One("bincount weights", x => x[0].bincount(x[1], 6));
        One("bucketize", x => x[0].bucketize(tensor(new[] { -0.5, 0.0, 0.5 })), x => bucketize(x[0], tensor(new[] { -0.5, 0.0, 0.5 })));
        One("searchsorted", x => searchsorted(x[0], x[1], right: true));
        One("histc", x => x[0].histc(4, -2, 2), x => histc(x[0], 4, -2, 2));
    }

    private static Tensor[] Known((Tensor, Tensor?, Tensor?) found) =>
        [.. new[] { found.Item1, found.Item2, found.Item3 }.OfType<Tensor>()];
}
