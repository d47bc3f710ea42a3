"""Reductions, statistics and cumulative operators."""
import torch


def cases(g):
    samples = [("mixed32",), ("mixed64",), ("repeats",)]
    edges = ("edges32",)
    cube = ("realcube",)
    ways = {"": {}, ".dim": {"dim": 1}, ".keepdim": {"dim": -1, "keepdim": True}}

    def reduction(name, function, *samples, gradient=cube, exact=False, ways=ways):
        for suffix, how in ways.items():
            g.case(name + suffix, lambda a, h=how: function(a, **h), *samples, gradient=gradient, exact=exact)

    lists = ways | {".dims": {"dim": (0, 2)}, ".dims.keepdim": {"dim": (0, 2), "keepdim": True}}
    numbers = [("mixed32",), ("mixed64",)]
    reduction("sum", torch.sum, *numbers, ways=lists)
    g.case("sum.all", torch.sum, edges, ("whole",), ("flags",), gradient=cube)
    g.case("sum.three", lambda a: torch.sum(a, (0, 1, 2)), *numbers, gradient=cube)
    g.case("sum.dtype", lambda a: torch.sum(a, dtype=torch.float64), ("mixed32",), ("whole",), gradient=cube)
    g.case("sum.dim.dtype", lambda a: torch.sum(a, 0, dtype=torch.float64), ("mixed32",), ("whole",), gradient=cube)
    g.case("mean", torch.mean, *numbers, edges, gradient=cube)
    g.case("mean.dims", lambda a: torch.mean(a, (0, 2)), *numbers, gradient=cube)
    g.case("mean.keepdim", lambda a: torch.mean(a, (1,), keepdim=True), *numbers, ("nans",), gradient=cube)
    g.case("mean.dtype", lambda a: torch.mean(a, (0,), dtype=torch.float64), ("mixed32",), ("whole",), gradient=cube)
    reduction("prod", torch.prod, *numbers, ("whole",))
    g.case("prod.dtype", lambda a: torch.prod(a, dtype=torch.float64), ("mixed32",), ("whole",), gradient=cube)
    g.case("nansum", torch.nansum, ("mixed32",), ("row4",), gradient=cube)
    reduction("nanmean", torch.nanmean, ("mixed32",), ("nans",), ways={"": {}, ".dim": {"dim": 1}})
    g.case("logsumexp", lambda a: torch.logsumexp(a, 1), *numbers, edges, gradient=cube)
    g.case("logsumexp.keepdim", lambda a: torch.logsumexp(a, -1, keepdim=True), *numbers, gradient=cube)
    for name in ("all", "any"):
        for suffix, how in ways.items():
            how = {k: (0 if k == "dim" else v) for k, v in how.items()}
            g.case(name + suffix, lambda a, f=getattr(torch, name), h=how: f(a, **h), ("flags",), ("whole",), exact=True)
    g.case("count_nonzero", torch.count_nonzero, ("whole",), edges, exact=True)
    g.case("count_nonzero.dims", lambda a: torch.count_nonzero(a, (1,)), ("whole",), edges, exact=True)
    for p in (1, 2, 3, float("inf"), 0):
        g.case(f"norm.{p}", lambda a, p=p: torch.norm(a, p), *numbers, gradient=cube)
    g.case("norm.dim", lambda a: torch.norm(a, dim=1), *numbers, gradient=cube)
    g.case("norm.dim.1.keepdim", lambda a: torch.norm(a, 1, dim=2, keepdim=True), *numbers, gradient=cube)
    g.case("dist", torch.dist, ("mixed32", "column3"), gradient=("real", "real2"))
    g.case("dist.1", lambda a, b: torch.dist(a, b, 1), ("mixed32", "column3"), gradient=("real", "real2"))
    g.case("renorm", lambda a: torch.renorm(a, 2, 0, 1.5), *numbers, gradient=cube)

    for name in ("max", "min"):
        whole = getattr(torch, name)
        g.case(name, whole, *samples, edges, ("whole",), gradient=cube, exact=True)
        g.case(f"{name}.dim", lambda a, f=whole: f(a, 1), *samples, edges, gradient=cube, exact=True)
        g.case(f"{name}.keepdim", lambda a, f=whole: f(a, -1, keepdim=True), *samples, gradient=cube, exact=True)
        index = getattr(torch, "arg" + name)
        g.case(f"arg{name}", index, *samples, edges, exact=True)
        g.case(f"arg{name}.dim", lambda a, f=index: f(a, 1), *samples, exact=True)
        g.case(f"arg{name}.keepdim", lambda a, f=index: f(a, -1, keepdim=True), *samples, exact=True)
        several = getattr(torch, "a" + name)
        g.case(f"a{name}", lambda a, f=several: f(a, (0, 1)), *samples, edges, gradient=cube, exact=True)
        g.case(f"a{name}.keepdim", lambda a, f=several: f(a, (1,), keepdim=True), *samples, gradient=cube, exact=True)
    g.case("aminmax", torch.aminmax, *samples, gradient=cube, exact=True)
    g.case("aminmax.dim", lambda a: torch.aminmax(a, dim=1, keepdim=True), *samples, gradient=cube, exact=True)
    g.case("median", torch.median, *samples, edges, gradient=cube, exact=True)
    g.case("nanmedian", torch.nanmedian, *samples, edges, gradient=cube, exact=True)
    g.case("mode", torch.mode, ("whole",), ("repeats",), exact=True, gradient=cube)
    g.case("mode.dim", lambda a: torch.mode(a, 0, keepdim=True), ("repeats",), exact=True, gradient=cube)
    for name in ("quantile", "nanquantile"):
        f = getattr(torch, name)
        g.case(name, f, ("mixed32", "probabilities32"), gradient=("realcube", "probabilities"))
        g.case(f"{name}.dim", lambda a, q, f=f: f(a, q, 1, keepdim=True), ("mixed32", "probabilities32"),
               gradient=("realcube", "probabilities"))

    for name in ("std", "var", "std_mean", "var_mean"):
        f = getattr(torch, name)
        for unbiased, word in ((True, ""), (False, ".biased")):
            g.case(name + word, lambda a, f=f, u=unbiased: f(a, unbiased=u), *numbers, gradient=cube)
            g.case(f"{name}.dim{word}", lambda a, f=f, u=unbiased: f(a, 1, unbiased=u), *numbers, gradient=cube)
        g.case(f"{name}.dims", lambda a, f=f: f(a, (0, 2), unbiased=True, keepdim=True), *numbers, gradient=cube)
        g.case(f"{name}.three", lambda a, f=f: f(a, (0, 1, 2), unbiased=True), *numbers, gradient=cube)
        g.case(f"{name}.dtype", lambda a, f=f: f(a.double(), 1, unbiased=True), ("mixed32",), ("whole",), gradient=cube)

    for name in ("cumsum", "cumprod"):
        f = getattr(torch, name)
        g.case(name, lambda a, f=f: f(a, 1), *numbers, ("whole",), gradient=cube)
        g.case(f"{name}.dtype", lambda a, f=f: f(a, 0, dtype=torch.float64), ("mixed32",), ("whole",), gradient=cube)
    g.case("logcumsumexp", lambda a: torch.logcumsumexp(a, 1), *numbers, gradient=cube)
    g.case("cummax", lambda a: torch.cummax(a, 1), *samples, edges, gradient=cube, exact=True)
    g.case("cummin", lambda a: torch.cummin(a, 1), *samples, edges, gradient=cube, exact=True)

    g.case("diff", torch.diff, *numbers, ("whole",), gradient=cube)
    g.case("diff.2", lambda a, b: torch.diff(a, 2, 0, b, b), ("mixed32", "mixed32"), gradient=("real", "real2"))
    for name in ("trapezoid", "cumulative_trapezoid"):
        f = getattr(torch, name)
        g.case(name, lambda a, f=f: f(a, dx=0.5, dim=1), *numbers, gradient=cube)
        g.case(f"{name}.x", lambda a, x, f=f: f(a, x, dim=1), ("edges32b", "row32"), gradient=("real", "realrow"))
