"""Trigonometry, special functions, activations, comparisons, logic and selection."""
import torch
import torch.nn.functional as F


def cases(g):
    trigonometry(g)
    special_functions(g)
    activations(g)
    comparisons(g)
    logic(g)


def trigonometry(g):
    for name in ("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh", "sinc"):
        g.unary(name, getattr(torch, name), whole=True)
    for name in ("asin", "acos", "atanh"):
        g.unary(name, getattr(torch, name), gradient=("unit",))
    g.unary("acosh", torch.acosh, gradient=("above1",))
    g.binary("atan2", torch.atan2)
    g.unary("deg2rad", torch.deg2rad)
    g.unary("rad2deg", torch.rad2deg)


def special_functions(g):
    for name in ("erf", "erfc", "i0"):
        g.unary(name, getattr(torch, name))
    g.unary("erfinv", torch.erfinv, gradient=("unit",))
    g.unary("lgamma", torch.lgamma, gradient=("positive",))
    g.unary("digamma", torch.digamma, gradient=("positive",))
    g.case("polygamma", lambda a: torch.polygamma(1, a), ("mixed32",), ("mixed64",), gradient=("positive",))
    g.case("mvlgamma", lambda a: torch.mvlgamma(a, 2), ("above1",), gradient=("above1",))
    g.case("igamma", torch.igamma, ("positive", "positive2"), ("column32", "row32"))
    g.case("igammac", torch.igammac, ("positive", "positive2"), ("column32", "row32"))


def activations(g):
    g.unary("relu", F.relu, whole=True, exact=True)
    g.unary("relu6", F.relu6, exact=True)
    for name in ("selu", "silu", "hardsigmoid", "hardswish", "gelu", "celu", "elu"):
        g.unary(name, getattr(F, name))
    g.unary("log_sigmoid", F.logsigmoid)
    g.unary("leaky_relu", lambda a: F.leaky_relu(a, 0.2), exact=True)
    g.unary("rrelu", lambda a: F.rrelu(a, 0.125, 1.0 / 3))
    g.unary("elu.alpha", lambda a: F.elu(a, 0.7))
    g.unary("elu.scales", lambda a: torch._C._nn.elu(a, 0.7, 1.3, 0.9))
    g.unary("celu.alpha", lambda a: F.celu(a, 0.7))
    g.unary("hardtanh", lambda a: F.hardtanh(a, -0.75, 1.25), exact=True)
    g.unary("threshold", lambda a: F.threshold(a, 0.05, -3.0), exact=True)
    g.unary("softplus", F.softplus)
    g.unary("softplus.beta", lambda a: F.softplus(a, 2.0, 3.0))
    g.case("prelu", F.prelu, ("mixed32", "slopes32"), ("mixed32", "slope32"), gradient=("realcube", "real_slopes"))
    g.case("glu", lambda a: F.glu(a, -1), ("edges32",), ("mixed32",), gradient=("real",))
    g.case("glu.dim", lambda a: F.glu(a, 0), ("mixed32",), gradient=("realcube",))
    for name, function in {"softmax": F.softmax, "log_softmax": F.log_softmax}.items():
        g.case(name, lambda a, f=function: f(a, 1), ("edges32",), ("mixed32",), ("mixed64",), gradient=("real",))
        g.case(f"{name}.dtype", lambda a, f=function: f(a, 0, dtype=torch.float64), ("mixed32",), ("whole",),
               gradient=("real",))


def comparisons(g):
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        function = getattr(torch, name)
        g.binary(name, function, gradient=None, whole=("whole", "divisors"), exact=True)
        g.case(f"{name}.scalar", lambda a, f=function: f(a, 0.5), ("edges32",), ("whole",), exact=True)
        g.case(f"{name}.integer", lambda a, f=function: f(a, 2), ("whole",), ("edges64",), exact=True)
    for name in ("isnan", "isinf", "isfinite", "isposinf", "isneginf", "isreal"):
        g.unary(name, getattr(torch, name), gradient=None, whole=True, exact=True)
    g.binary("isclose", lambda a, b: torch.isclose(a, b, 0.1, 0.01), gradient=None, exact=True)
    # Not broadcast: libtorch 1.13 writes into the first input's shape when equal_nan is set.
    g.case("isclose.nan", lambda a, b: torch.isclose(a, b, 0.1, 0.01, equal_nan=True), ("edges32", "edges32b"), exact=True)
    g.case("isin", torch.isin, ("whole", "divisors"), ("edges32", "row32"), exact=True)
    g.case("isin.invert", lambda a, b: torch.isin(a, b, invert=True), ("whole", "divisors"), exact=True)
    for name in ("maximum", "minimum", "fmax", "fmin"):
        g.binary(name, getattr(torch, name), whole=("whole", "divisors"), exact=True)


def logic(g):
    for name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
        g.case(name, getattr(torch, name), ("whole", "divisors"), ("flags", "flags2"), exact=True)
    g.case("bitwise_not", torch.bitwise_not, ("whole",), ("flags",), exact=True)
    g.case("bitwise_left_shift", torch.bitwise_left_shift, ("whole", "small"), exact=True)
    g.case("bitwise_right_shift", torch.bitwise_right_shift, ("whole", "small"), exact=True)
    for name in ("logical_and", "logical_or", "logical_xor"):
        g.case(name, getattr(torch, name), ("flags", "flags2"), ("edges32", "edges32b"), ("whole", "flags"), exact=True)
    g.case("logical_not", torch.logical_not, ("flags",), ("edges32",), ("whole",), exact=True)
    g.case("where", torch.where, ("mask", "edges32", "edges32b"), ("mask", "column32", "row32"), exact=True,
           gradient=("mask34", "real", "real2"))
    g.case("masked_fill", lambda a, m: a.masked_fill(m, 2.5), ("edges32", "mask"), exact=True, gradient=("real", "mask34"))
    g.binary("heaviside", torch.heaviside, gradient=None, exact=True)
