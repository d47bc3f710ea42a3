using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

internal static partial class ShapeCases
{
    private static void Shapes()
    {
        One("view", x => x[0].view(2, -1));
        One("view_as", x => x[0].view_as(x[1]));
        One("reshape", x => x[0].mT.reshape(6, 4), x => reshape(x[0].mT, 6, 4));
        One("ravel", x => x[0].ravel(), x => ravel(x[0]));
        One("flatten", x => x[0].flatten(1, 2), x => flatten(x[0], 1));
        One("unflatten", x => x[0].unflatten(1, 2, 2), x => x[0].unflatten(1, (2, 2)), x => unflatten(x[0], 1, 2, 2), x => unflatten(x[0], 1, (2, 2)));
        Many("squeeze", x => [x[0].squeeze(), x[0].squeeze(0)], x => [squeeze(x[0]), squeeze(x[0], 0)],
            x => [Copy(x[0]).squeeze_(), Copy(x[0]).squeeze_(0)], x => [squeeze_(Copy(x[0])), squeeze_(Copy(x[0]), 0)]);
        One("unsqueeze", x => x[0].unsqueeze(1), x => unsqueeze(x[0], 1), x => Copy(x[0]).unsqueeze_(1), x => unsqueeze_(Copy(x[0]), 1));
        Many("atleast", x => [x[0].atleast_1d(), x[0].atleast_2d(), x[0].atleast_3d()],
            x => [.. atleast_1d(x[0]), .. atleast_2d(x[0]), .. atleast_3d(x[0])]);
        One("expand", x => x[0].expand(2, -1, 4), x => x[0].expand(new long[] { 2, -1, 4 }, false), x => x[0].expand((2, -1, 4)),
            x => x[0].expand((ReadOnlySpan<long>)[2, -1, 4]));
        One("expand_as", x => x[0].expand_as(x[1]));
        One("broadcast_to", x => x[0].broadcast_to(3, 4), x => broadcast_to(x[0], 3, 4));
        One("repeat", x => x[0].repeat(2, 1, 3));
        One("tile", x => x[0].tile([2]), x => tile(x[0], [2]));
        Many("repeat_interleave",
            x => [x[0].repeat_interleave(2, 1), x[0].repeat_interleave(tensor(new long[] { 1, 0, 2 }), 0)],
            x => [repeat_interleave(x[0], 2, 1), repeat_interleave(x[0], tensor(new long[] { 1, 0, 2 }), 0)]);
        One("as_strided", x => x[0].as_strided([2, 3], [1, 2], 1));
        One("unfold", x => x[0].unfold(1, 2, 1));
        One("view_as_complex", x => x[0].view_as_complex().view_as_real(), x => view_as_real(view_as_complex(x[0])));

        One("transpose", x => x[0].transpose(0, 2), x => transpose(x[0], 0, 2), x => x[0].swapaxes(0, 2), x => swapaxes(x[0], 0, 2),
            x => x[0].swapdims(0, 2), x => swapdims(x[0], 0, 2), x => Copy(x[0]).transpose_(0, 2), x => x[0].permute(2, 1, 0));
        One("t", x => x[0].t(), x => t(x[0]), x => x[0].T, x => x[0].H);
        One("mT", x => x[0].mT, x => x[0].mH, x => x[0].adjoint(), x => adjoint(x[0]));
        One("permute", x => x[0].permute(2, 0, 1), x => x[0].permute(new List<long> { 2, 0, 1 }), x => permute(x[0], 2, 0, 1));
        One("movedim", x => x[0].movedim([0, 1], [2, 0]), x => x[0].moveaxis([0, 1], [2, 0]), x => movedim(x[0], [0, 1], [2, 0]),
            x => moveaxis(x[0], [0, 1], [2, 0]), x => moveaxis(x[0], (0, 1), (2, 0)), x => moveaxis(x[0], (0, 1, 2), (2, 0, 1)));
        One("movedim one", x => movedim(x[0], 0, 2), x => moveaxis(x[0], 0, 2));
        One("flip", x => x[0].flip(0, 2), x => flip(x[0], 0, 2));
        Many("fliplr flipud", x => [x[0].fliplr(), x[0].flipud()], x => [fliplr(x[0]), flipud(x[0])]);
        Many("rot90", x => [x[0].rot90(), x[0].rot90(3, (1, 2))], x => [rot90(x[0]), rot90(x[0], 3, (1, 2))]);
        Many("roll", x => [x[0].roll(3), x[0].roll(1, 1), x[0].roll((1, 2), (0, 1))],
            x => [roll(x[0], 3), roll(x[0], 1, 1), roll(x[0], new long[] { 1, 2 }, new long[] { 0, 1 })],
            x => [x[0].roll((ReadOnlySpan<long>)[3]), x[0].roll((ReadOnlySpan<long>)[1], [1]), roll(x[0], (1, 2), (0, 1))]);
    }

    private static void Slices()
    {
        One("narrow", x => x[0].narrow(1, 1, 2), x => narrow(x[0], 1, 1, 2));
        One("select", x => x[0].select(1, -1), x => select(x[0], 1, -1));
        One("slice", x => x[0].slice(1, 1, 4, 2));
        One("select_scatter", x => x[0].select_scatter(x[1], 0, 1), x => select_scatter(x[0], x[1], 0, 1));
        One("slice_scatter", x => x[0].slice_scatter(x[1], 1, 1, 3), x => slice_scatter(x[0], x[1], 1, 1, 3));
        One("diagonal_scatter", x => x[0].diagonal_scatter(x[1], 1), x => diagonal_scatter(x[0], x[1], 1));
        Many("diag", x => [x[0].diag(1), x[0].diag(1).diag(-1)], x => [diag(x[0], 1), diag(diag(x[0], 1), -1)]);
        One("diagflat", x => x[0].diagflat(1), x => diagflat(x[0], 1));
        One("diag_embed", x => x[0].diag_embed(), x => diag_embed(x[0]));
        One("diagonal", x => x[0].diagonal(1, 0, 2), x => diagonal(x[0], 1, 0, 2));
        One("trace", x => x[0].trace(), x => trace(x[0]));
        One("tril", x => x[0].tril(1), x => tril(x[0], 1), x => Copy(x[0]).tril_(1), x => tril_(Copy(x[0]), 1));
        One("triu", x => x[0].triu(-1), x => triu(x[0], -1), x => Copy(x[0]).triu_(-1), x => triu_(Copy(x[0]), -1));
    }
}
