"""Arithmetic, division, powers and logarithms, rounding."""
import torch


def cases(g):
    whole = ("whole", "divisors")
    g.binary("add", torch.add, whole=whole, exact=True)
    g.binary("sub", torch.sub, whole=whole, exact=True)
    g.binary("mul", torch.mul, whole=whole, exact=True)
    g.binary("div", torch.div, whole=whole, exact=True)
    g.binary("add.alpha", lambda a, b: torch.add(a, b, alpha=2.5), gradient=("real", "real2"))
    g.case("add.int64+float32", torch.add, ("whole", "row4"), gradient=("real", "realrow"), exact=True)
    g.case("add.bool", torch.add, ("flags", "flags2"), exact=True)
    scalar = [("edges32",), ("edges64",), ("whole",)]
    for name, function in {
        "add.scalar": lambda a: a + 2.5, "sub.scalar": lambda a: a - 2.5, "mul.scalar": lambda a: a * 2.5,
        "div.scalar": lambda a: a / 2.5, "add.integer": lambda a: a + 3, "mul.integer": lambda a: a * 3,
        "sub.integer": lambda a: a - 3, "div.integer": lambda a: a / 3, "remainder.integer": lambda a: a % 3,
        "remainder.half": lambda a: a % 1.5, "rsub": lambda a: 2.5 - a, "rsub.integer": lambda a: 3 - a,
    }.items():
        g.case(name, function, *scalar, gradient=("real",), exact=True)
    g.case("add.scalar.alpha", lambda a: torch.add(a, 2.5, alpha=3.0), *scalar, gradient=("real",), exact=True)
    g.case("rdiv", lambda a: 2.5 / a, ("edges32",), ("edges64",), gradient=("real",))
    g.case("rdiv.integer", lambda a: 3 / a, ("edges32",), ("whole",), gradient=("real",))
    g.binary("div.floor", lambda a, b: torch.div(a, b, rounding_mode="floor"), whole=whole, exact=True)
    g.binary("div.trunc", lambda a, b: torch.div(a, b, rounding_mode="trunc"), whole=whole, exact=True)
    g.case("div.scalar.floor", lambda a: torch.div(a, 1.7, rounding_mode="floor"), *scalar, gradient=("real",), exact=True)
    g.case("div.scalar.trunc", lambda a: torch.div(a, 1.7, rounding_mode="trunc"), *scalar, gradient=("real",), exact=True)
    g.binary("floor_divide", torch.floor_divide, whole=whole, gradient=None, exact=True)
    g.case("floor_divide.scalar", lambda a: torch.floor_divide(a, 1.7), *scalar, exact=True)
    g.binary("remainder", torch.remainder, whole=whole, exact=True)
    g.case("remainder.scalar", lambda a: torch.remainder(a, 1.7), *scalar, gradient=("real",), exact=True)
    g.binary("fmod", torch.fmod, whole=whole, exact=True)
    g.case("fmod.scalar", lambda a: torch.fmod(a, 1.7), *scalar, gradient=("real",), exact=True)
    g.unary("neg", torch.neg, whole=True, exact=True)
    g.unary("positive", torch.positive, whole=True, exact=True)
    g.unary("reciprocal", torch.reciprocal, whole=True)
    g.unary("square", torch.square, whole=True, exact=True)
    three = [("edges32", "edges32b", "row32")]
    g.case("addcmul", lambda a, b, c: torch.addcmul(a, b, c, value=0.5), *three, gradient=("real", "real2", "real3"))
    g.case("addcdiv", lambda a, b, c: torch.addcdiv(a, b, c, value=0.5), *three, gradient=("real", "real2", "real3"))
    g.case("addcdiv.1", torch.addcdiv, *three, gradient=("real", "real2", "real3"))
    g.case("lerp", torch.lerp, ("mixed32", "mixed32", "mixed32"), ("edges32", "edges32b", "edges32"),
           gradient=("real", "real2", "unit"))
    g.binary("copysign", torch.copysign, exact=True)
    g.binary("nextafter", torch.nextafter, gradient=None, exact=True)
    g.binary("hypot", torch.hypot)
    g.binary("ldexp", torch.ldexp)
    g.case("gcd", torch.gcd, ("whole", "divisors"), exact=True)
    g.case("lcm", torch.lcm, ("whole", "divisors"), exact=True)

    positive = ("positive",)
    for name in ("exp", "exp2", "expm1", "sigmoid"):
        g.unary(name, getattr(torch, name), whole=True)
    for name in ("log", "log2", "log10", "log1p", "rsqrt"):
        g.unary(name, getattr(torch, name), whole=True, gradient=positive)
    g.unary("sqrt", torch.sqrt, whole=True, gradient=positive, exact=True)
    g.binary("pow", torch.pow, whole=("whole", "small"), gradient=("positive", "real"))
    for exponent, name in ((2, "2"), (0.5, "half"), (-1, "minus1"), (3, "3"), (2.5, "2.5")):
        g.case(f"pow.{name}", lambda a, e=exponent: torch.pow(a, e), ("edges32",), ("edges64",), gradient=positive)
    g.binary("float_power", torch.float_power, whole=("whole", "small"), gradient=("positive", "real"))
    g.binary("logaddexp", torch.logaddexp)
    g.binary("logaddexp2", torch.logaddexp2)
    g.binary("xlogy", torch.xlogy, gradient=("real", "positive"))
    g.case("xlogy.scalar", lambda a: torch.xlogy(a, 2.5), ("edges32",), ("whole",), gradient=("real",))
    g.unary("logit", torch.logit, gradient=("unit",))
    g.unary("logit.eps", lambda a: torch.logit(a, eps=0.05), gradient=("unit",))

    for name in ("abs", "sign", "sgn"):
        g.unary(name, getattr(torch, name), whole=True, exact=True)
    for name in ("ceil", "floor", "trunc", "round"):
        g.unary(name, getattr(torch, name), exact=True)
    g.unary("frac", torch.frac, exact=True)
    g.unary("round.decimals", lambda a: torch.round(a, decimals=1))
    g.case("signbit", torch.signbit, ("edges32",), ("whole",), exact=True)
    g.unary("angle", torch.angle, whole=True)
    g.unary("clamp", lambda a: torch.clamp(a, -0.75, 1.25), exact=True)
    g.case("clamp.whole", lambda a: torch.clamp(a, -2, 5), ("whole",), ("edges32",), exact=True, gradient=("real",))
    g.case("clamp.tensors", torch.clamp, ("edges32", "row32", "edges32b"), exact=True,
           gradient=("real", "realrow", "real3"))
    g.unary("clamp_min", lambda a: torch.clamp_min(a, 0.75), exact=True)
    g.unary("clamp_max", lambda a: torch.clamp_max(a, 0.75), exact=True)
    g.unary("nan_to_num", torch.nan_to_num, exact=True)
    g.unary("nan_to_num.values", lambda a: torch.nan_to_num(a, 1.5, 2.5, -3.5), exact=True)
    g.case("frexp", torch.frexp, ("edges32",), ("edges64",), exact=True, gradient=("real",))
