using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

internal static partial class ShapeCases
{
    private static void Gathers()
    {
        One("gather", x => x[0].gather(1, x[1]), x => gather(x[0], 1, x[1]), x => gather(x[0], 1, x[1], sparse_grad: false));
        One("scatter", x => x[0].scatter(1, x[1], x[2]), x => scatter(x[0], 1, x[1], x[2]), x => Copy(x[0]).scatter_(1, x[1], x[2]),
            x => scatter_(Copy(x[0]), 1, x[1], x[2]));
        One("scatter_add", x => x[0].scatter_add(1, x[1], x[2]), x => scatter_add(x[0], 1, x[1], x[2]),
            x => Copy(x[0]).scatter_add_(1, x[1], x[2]), x => scatter_add_(Copy(x[0]), 1, x[1], x[2]));
        One("index_select", x => x[0].index_select(0, x[1]), x => index_select(x[0], 0, x[1]));
        One("index_add", x => x[0].index_add(0, x[1], x[2], 0.5), x => index_add(x[0], 0, x[1], x[2], 0.5),
            x => Copy(x[0]).index_add_(0, x[1], x[2], 0.5), x => index_add_(Copy(x[0]), 0, x[1], x[2], 0.5));
        One("index_copy", x => x[0].index_copy(0, x[1], x[2]), x => index_copy(x[0], 0, x[1], x[2]),
            x => Copy(x[0]).index_copy_(0, x[1], x[2]), x => index_copy_(Copy(x[0]), 0, x[1], x[2]));
        One("index_fill", x => x[0].index_fill(0, x[1], 7.5), x => index_fill(x[0], 0, x[1], 7.5),
            x => Copy(x[0]).index_fill_(0, x[1], 7.5), x => index_fill_(Copy(x[0]), 0, x[1], 7.5));
        One("masked_select", x => x[0].masked_select(x[1]), x => masked_select(x[0], x[1]));
        One("masked_scatter", x => x[0].masked_scatter(x[1], x[2]), x => Copy(x[0]).masked_scatter_(x[1], x[2]));
        One("take", x => x[0].take(x[1]), x => take(x[0], x[1]));
        Many("take_along_dim", x => [x[0].take_along_dim(x[1], 1), x[0].take_along_dim(x[1])],
            x => [take_along_dim(x[0], x[1], 1), x[0].take_along_dim(x[1])]);
        Many("nonzero", x => [x[0].nonzero(), x[0].argwhere()], x => [nonzero(x[0]), argwhere(x[0])],
            x => [cat(x[0].nonzero_as_list(), 1), x[0].nonzero()]);
        Many("where", x => where(x[0]));
    }

    private static void Indices()
    {
        One("index position", x => x[0][1], x => x[0][TensorIndex.Single(1)], x => x[0].index(TensorIndex.Single(-1)));
        One("index positions", x => x[0][1, 2, -1], x => x[0][1][2][^1], x => x[0][TensorIndex.Single(1), 2, ^1]);
        One("index slice", x => x[0][TensorIndex.Colon, TensorIndex.Slice(1), TensorIndex.Slice(step: 2)], x => x[0][.., 1.., TensorIndex.Slice(null, null, 2)]);
        One("index ellipsis", x => x[0][TensorIndex.Ellipsis, TensorIndex.Single(1)]);
        One("index new axis", x => x[0][TensorIndex.Colon, TensorIndex.None, TensorIndex.Single(1)],
            x => x[0][TensorIndex.Colon, TensorIndex.Null, TensorIndex.Single(1)]);
        One("index range", x => x[0][1..3, ^2..], x => x[0][TensorIndex.Slice((1, 3)), TensorIndex.Slice(-2)]);
        One("index tensor", x => x[0][TensorIndex.Colon, TensorIndex.Tensor(x[1])]);
        One("index tensors", x => x[0][x[1], x[2]], x => x[0].index(x[1], x[2]));
        One("index mask", x => x[0][x[1]]);
        One("index mask and slice", x => x[0][TensorIndex.Colon, TensorIndex.Tensor(x[1]), TensorIndex.Slice(1)]);
        One("index apart", x => x[0][TensorIndex.Tensor(x[1]), TensorIndex.Colon, TensorIndex.Tensor(x[2])]);
        One("index bool", x => x[0][TensorIndex.Bool(true)]);
        One("index set", x => Set(x[0], target => target[1] = x[1]), x => Set(x[0], target => target[TensorIndex.Single(1), ..] = x[1]),
            x => Set(x[0], target => target[1, ..] = x[1].unsqueeze(0)));
        One("index set slice", x => Set(x[0], target => target[.., 1..3] = x[1]));
        One("index set tensor", x => Set(x[0], target => target[x[1]] = x[2]), x => Copy(x[0]).index_put_(x[2], x[1]),
            x => Copy(x[0]).index_put_(x[2], [x[1]], accumulate: false));
        One("index set mask", x => Copy(x[0]).index_put_((TorchSharp.Scalar)(-1.5), x[1]), x => Copy(x[0]).index_put_(-1.5, TensorIndex.Tensor(x[1])));
        One("index_put accumulate", x => Copy(x[0]).index_put_(x[2], [x[1]], accumulate: true),
            x => Copy(x[0]).index_put_(x[2], [TensorIndex.Tensor(x[1])], accumulate: true));
    }

    private static Tensor Set(Tensor source, Action<Tensor> assign)
    {
        var target = Copy(source);
        assign(target);
        return target;
    }
}
