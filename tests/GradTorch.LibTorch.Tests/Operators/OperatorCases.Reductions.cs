using static GradTorch.LibTorch.Tests.Operators.OperatorCaseWriting;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

internal static partial class OperatorCases
{
    private static OperatorCase[] Reductions =>
    [
        Of("sum", x => x[0].sum()).Or(x => sum(x[0])),
        Of("sum.dim", x => x[0].sum(1)).Or(x => sum(x[0], 1)).Or(x => x[0].sum(new long[] { 1 }))
            .Or(x => x[0].sum((ReadOnlySpan<long>)[1])),
        Of("sum.keepdim", x => x[0].sum(-1, true)).Or(x => sum(x[0], -1, true)),
        Of("sum.dims", x => x[0].sum(0, 2)).Or(x => x[0].sum(new long[] { 0, 2 }))
            .Or(x => sum(x[0], (ReadOnlySpan<long>)[0, 2])),
        Of("sum.dims.keepdim", x => x[0].sum(0, 2, true)).Or(x => x[0].sum(new long[] { 0, 2 }, true)),
        Of("sum.all", x => x[0].sum()),
        Of("sum.three", x => x[0].sum(0, 1, 2)),
        Of("sum.dtype", x => x[0].sum(ScalarType.Float64)).Or(x => sum(x[0], ScalarType.Float64)),
        Of("sum.dim.dtype", x => x[0].sum(0, type: ScalarType.Float64)),

        Of("mean", x => x[0].mean()).Or(x => mean(x[0])),
        Of("mean.dims", x => x[0].mean([0, 2])).Or(x => mean(x[0], [0, 2])),
        Of("mean.keepdim", x => x[0].mean([1], true)),
        Of("mean.dtype", x => x[0].mean([0], type: ScalarType.Float64)),
        Of("prod", x => x[0].prod()).Or(x => prod(x[0])),
        Of("prod.dim", x => x[0].prod(1)).Or(x => prod(x[0], 1)),
        Of("prod.keepdim", x => x[0].prod(-1, true)).Or(x => prod(x[0], -1, true)),
        Of("prod.dtype", x => x[0].prod(ScalarType.Float64)).Or(x => prod(x[0], ScalarType.Float64)),
        Of("nansum", x => x[0].nansum()).Or(x => nansum(x[0])),
        Of("nanmean", x => x[0].nanmean()).Or(x => nanmean(x[0])),
        Of("nanmean.dim", x => x[0].nanmean(1)),
        Of("logsumexp", x => x[0].logsumexp(1)).Or(x => logsumexp(x[0], 1)),
        Of("logsumexp.keepdim", x => x[0].logsumexp(-1, true)),
        Of("all", x => x[0].all()).Or(x => all(x[0])).No(Discrete),
        Of("all.dim", x => x[0].all(0)).Or(x => all(x[0], 0)).No(Discrete),
        Of("all.keepdim", x => x[0].all(0, true)).Or(x => all(x[0], 0, true)).No(Discrete),
        Of("any", x => x[0].any()).Or(x => any(x[0])).No(Discrete),
        Of("any.dim", x => x[0].any(0)).Or(x => any(x[0], 0)).No(Discrete),
        Of("any.keepdim", x => x[0].any(0, true)).Or(x => any(x[0], 0, true)).No(Discrete),
        Of("count_nonzero", x => x[0].count_nonzero()).Or(x => count_nonzero(x[0])).No(Discrete),
        Of("count_nonzero.dims", x => x[0].count_nonzero([1])).No(Discrete),
        Of("norm.1", x => x[0].norm(1f)),
        Of("norm.2", x => x[0].norm(2f)).Or(x => x[0].norm()).Or(x => norm(x[0])).Or(x => norm(x[0], 2f)),
        Of("norm.3", x => x[0].norm(3f)),
        Of("norm.inf", x => x[0].norm(float.PositiveInfinity)),
        Of("norm.0", x => x[0].norm(0f)),
        Of("norm.dim", x => x[0].norm(1)).Or(x => norm(x[0], 1)),
        Of("norm.dim.1.keepdim", x => x[0].norm(2, true, 1)).Or(x => norm(x[0], 2, true, 1)),
        Of("dist", x => x[0].dist(x[1])).Or(x => dist(x[0], x[1])),
        Of("dist.1", x => x[0].dist(x[1], 1)),
        Of("renorm", x => x[0].renorm(2, 0, 1.5f)).Or(x => renorm(x[0], 2, 0, 1.5f)),

        Of("max", x => x[0].max()).Or(x => max(x[0])),
        Of("max.dim", x => x[0].max(1)).Or(x => max(x[0], 1)),
        Of("max.keepdim", x => x[0].max(-1, true)).Or(x => max(x[0], -1, true)),
        Of("argmax", x => x[0].argmax()).Or(x => argmax(x[0])).No(Discrete),
        Of("argmax.dim", x => x[0].argmax(1)).Or(x => argmax(x[0], 1)).No(Discrete),
        Of("argmax.keepdim", x => x[0].argmax(-1, true)).Or(x => argmax(x[0], -1, true)).No(Discrete),
        Of("amax", x => x[0].amax(0, 1)).Or(x => amax(x[0], [0, 1]))
            .Or(x => x[0].amax((ReadOnlySpan<long>)[0, 1])).Or(x => amax(x[0], new long[] { 0, 1 })),
        Of("amax.keepdim", x => x[0].amax([1], true)).Or(x => amax(x[0], new long[] { 1 }, true))
            .Or(x => x[0].amax(new long[] { 1 }, keepdim: true)),
        Of("min", x => x[0].min()).Or(x => min(x[0])),
        Of("min.dim", x => x[0].min(1)).Or(x => min(x[0], 1)),
        Of("min.keepdim", x => x[0].min(-1, true)).Or(x => min(x[0], -1, true)),
        Of("argmin", x => x[0].argmin()).Or(x => argmin(x[0])).No(Discrete),
        Of("argmin.dim", x => x[0].argmin(1)).Or(x => argmin(x[0], 1)).No(Discrete),
        Of("argmin.keepdim", x => x[0].argmin(-1, true)).Or(x => argmin(x[0], -1, true)).No(Discrete),
        Of("amin", x => x[0].amin(0, 1)).Or(x => amin(x[0], [0, 1])).Or(x => x[0].amin((ReadOnlySpan<long>)[0, 1])),
        Of("amin.keepdim", x => x[0].amin([1], true)).Or(x => amin(x[0], new long[] { 1 }, true))
            .Or(x => x[0].amin(new long[] { 1 }, keepdim: true)),
        Of("aminmax", x => x[0].aminmax()).Or(x => aminmax(x[0])).No(NotIn113),
        Of("aminmax.dim", x => x[0].aminmax(1, true)).No(NotIn113),
        Of("median", x => x[0].median()).Or(x => median(x[0])),
        Of("nanmedian", x => x[0].nanmedian()).Or(x => nanmedian(x[0])),
        Of("mode", x => x[0].mode()).Or(x => mode(x[0])),
        Of("mode.dim", x => x[0].mode(0, true)),
        Of("quantile", x => x[0].quantile(x[1])).Or(x => quantile(x[0], x[1])),
        Of("quantile.dim", x => x[0].quantile(x[1], 1, true)),
        Of("nanquantile", x => x[0].nanquantile(x[1])).Or(x => nanquantile(x[0], x[1])),
        Of("nanquantile.dim", x => x[0].nanquantile(x[1], 1, true)),

        Of("std", x => x[0].std()).Or(x => std(x[0])),
        Of("std.biased", x => x[0].std(false)),
        Of("std.dim", x => x[0].std(1)).Or(x => std(x[0], 1)),
        Of("std.dim.biased", x => x[0].std(1, false)),
        Of("std.dims", x => x[0].std((0, 2), keepdim: true))
            .Or(x => x[0].std(new long[] { 0, 2 }, keepdim: true)).Or(x => std(x[0], (0, 2), true, true))
            .Or(x => std(x[0], new long[] { 0, 2 }, true, true)),
        Of("std.three", x => x[0].std((0, 1, 2))).Or(x => x[0].std((ReadOnlySpan<long>)[0, 1, 2]))
            .Or(x => std(x[0], (0, 1, 2))),
        Of("std.dtype", x => x[0].std(1, type: ScalarType.Float64)),
        Of("var", x => x[0].var()).Or(x => var(x[0])),
        Of("var.biased", x => x[0].var(false)),
        Of("var.dim", x => x[0].var(1)).Or(x => var(x[0], 1)),
        Of("var.dim.biased", x => x[0].var(1, false)),
        Of("var.dims", x => x[0].var((0, 2), keepdim: true))
            .Or(x => x[0].var(new long[] { 0, 2 }, keepdim: true)).Or(x => var(x[0], (0, 2), true, true))
            .Or(x => var(x[0], new long[] { 0, 2 }, true, true)),
        Of("var.three", x => x[0].var((0, 1, 2))).Or(x => x[0].var((ReadOnlySpan<long>)[0, 1, 2]))
            .Or(x => var(x[0], (0, 1, 2))),
        Of("var.dtype", x => x[0].var(1, type: ScalarType.Float64)),
        Of("std_mean", x => x[0].std_mean()).Or(x => std_mean(x[0])),
        Of("std_mean.biased", x => x[0].std_mean(false)),
        Of("std_mean.dim", x => x[0].std_mean(1)).Or(x => std_mean(x[0], 1)),
        Of("std_mean.dim.biased", x => x[0].std_mean(1, false)),
        Of("std_mean.dims", x => x[0].std_mean((0, 2), keepdim: true))
            .Or(x => x[0].std_mean(new long[] { 0, 2 }, keepdim: true))
            .Or(x => std_mean(x[0], (0, 2), true, true)).Or(x => std_mean(x[0], new long[] { 0, 2 }, true, true)),
        Of("std_mean.three", x => x[0].std_mean((0, 1, 2)))
            .Or(x => x[0].std_mean((ReadOnlySpan<long>)[0, 1, 2])).Or(x => std_mean(x[0], (0, 1, 2)))
            .Or(x => std_mean(x[0], (ReadOnlySpan<long>)[0, 1, 2])),
        Of("std_mean.dtype", x => x[0].std_mean(1, type: ScalarType.Float64)),
        Of("var_mean", x => x[0].var_mean()).Or(x => var_mean(x[0])),
        Of("var_mean.biased", x => x[0].var_mean(false)),
        Of("var_mean.dim", x => x[0].var_mean(1)).Or(x => var_mean(x[0], 1)),
        Of("var_mean.dim.biased", x => x[0].var_mean(1, false)),
        Of("var_mean.dims", x => x[0].var_mean((0, 2), keepdim: true))
            .Or(x => x[0].var_mean(new long[] { 0, 2 }, keepdim: true))
            .Or(x => var_mean(x[0], (0, 2), true, true)).Or(x => var_mean(x[0], new long[] { 0, 2 }, true, true)),
        Of("var_mean.three", x => x[0].var_mean((0, 1, 2)))
            .Or(x => x[0].var_mean((ReadOnlySpan<long>)[0, 1, 2])).Or(x => var_mean(x[0], (0, 1, 2)))
            .Or(x => var_mean(x[0], (ReadOnlySpan<long>)[0, 1, 2])),
        Of("var_mean.dtype", x => x[0].var_mean(1, type: ScalarType.Float64)),

        Of("cumsum", x => x[0].cumsum(1)).Or(x => cumsum(x[0], 1)),
        Of("cumsum.dtype", x => x[0].cumsum(0, ScalarType.Float64)),
        Of("cumprod", x => x[0].cumprod(1)).Or(x => cumprod(x[0], 1)),
        Of("cumprod.dtype", x => x[0].cumprod(0, ScalarType.Float64)),
        Of("logcumsumexp", x => x[0].logcumsumexp(1)).Or(x => logcumsumexp(x[0], 1)),
        Of("cummax", x => x[0].cummax(1)).Or(x => cummax(x[0], 1)),
        Of("cummin", x => x[0].cummin(1)).Or(x => cummin(x[0], 1)),

        Of("diff", x => x[0].diff()).Or(x => diff(x[0])),
        Of("diff.2", x => x[0].diff(2, 0, x[1], x[1])).Or(x => diff(x[0], 2, 0, x[1], x[1])),
        Of("trapezoid", x => x[0].trapezoid(0.5, 1)).Or(x => trapezoid(x[0], 0.5, 1)).Or(x => trapz(x[0], 0.5, 1)),
        Of("trapezoid.x", x => x[0].trapezoid(x[1], 1)).Or(x => trapezoid(x[0], x[1], 1)).Or(x => trapz(x[0], x[1], 1)),
        Of("cumulative_trapezoid", x => x[0].cumulative_trapezoid(0.5, 1)).Or(x => cumulative_trapezoid(x[0], 0.5, 1)),
        Of("cumulative_trapezoid.x", x => x[0].cumulative_trapezoid(x[1], 1))
            .Or(x => cumulative_trapezoid(x[0], x[1], 1)),
    ];
}
