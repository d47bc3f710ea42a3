"""Expectations over normal pre-activations and what follows from them, from scipy's quad, for the tests of GradTorch.Theory: writes
theory.json.

Integrals are cut at every kink and jump. A pair of pre-activations is integrated over itself, with its joint density. Thresholds of
tanh(nx) and the n that make them largest are computed with digits enough for 1 − n^−K.

Run with Debian's python3-scipy and python3-mpmath: /usr/bin/python3 theory.py
"""
import json
import math
import pathlib

import mpmath
import scipy
from scipy import integrate, optimize, special

SELU_ALPHA, SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946


def phi(z):
    return math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def sech2(x):
    return 1 - math.tanh(x) ** 2


def normal_cdf(x):
    return 0.5 * special.erfc(-x / math.sqrt(2))


def tanh(n):
    return lambda x: math.tanh(n * x), lambda x: n * sech2(n * x), []


def elu(alpha, scale=1.0):
    return (lambda x: scale * (x if x > 0 else alpha * math.expm1(x)), lambda x: scale * (1 if x > 0 else alpha * math.exp(x)), [0])


def leaky(s):
    return lambda x: x if x > 0 else s * x, lambda x: 1 if x > 0 else s, [0]


# Name and options: value, derivative, where either bends.
ACTIVATIONS = {
    ("identity",): (lambda x: x, lambda x: 1, []),
    ("sigmoid",): (sigmoid, lambda x: sigmoid(x) * sigmoid(-x), []),
    ("tanh",): tanh(1),
    ("tanh", "slope", 2.5): tanh(2.5),
    ("tanh", "slope", 40.0): tanh(40),
    ("hard-tanh",): (lambda x: max(-1, min(1, x)), lambda x: 1 if abs(x) < 1 else 0, [-1, 1]),
    ("softsign",): (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, [0]),
    ("erf",): (special.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x), []),
    ("relu",): leaky(0),
    ("leaky-relu", "negativeSlope", 0.2): leaky(0.2),
    ("prelu",): leaky(0.25),
    ("elu", "alpha", 0.7): elu(0.7),
    ("selu",): elu(SELU_ALPHA, SELU_SCALE),
    ("softplus",): (lambda x: max(x, 0) + math.log1p(math.exp(-abs(x))), sigmoid, []),
    ("gelu",): (lambda x: x * normal_cdf(x), lambda x: normal_cdf(x) + x * phi(x), []),
    ("silu",): (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * sigmoid(-x)), []),
    ("heaviside",): (lambda x: 1 if x > 0 else 0, lambda x: 0, [0]),
    ("sign",): (lambda x: math.copysign(1, x), lambda x: 0, [0]),
}

# Name and scale: slope, where it bends.
SURROGATES = {
    ("sigmoid-function", 1.0): (sigmoid, []),
    ("scaled-sigmoid-derivative", 4.0): (lambda x: 4 * sigmoid(x) * sigmoid(-x), []),
    ("smoothed-sigmoid-derivative", 0.1): (lambda x: sigmoid(x) * sigmoid(-x) + 0.1, []),
    ("leaky", 0.01): (lambda x: 1 if x > 0 else 0.01, [0]),
    ("constant", 0.25): (lambda x: 0.25, []),
    ("b-silu", 1.67): (lambda x: sigmoid(x) * (1 + (x + 1.67) * sigmoid(-x)), []),
    ("straight-through", 1.0): (lambda x: 1, []),
    ("clipped-straight-through", 0.7): (lambda x: 1 if abs(x) <= 0.7 else 0, [-0.7, 0.7]),
    ("triangle", 0.3): (lambda x: 0.3 * max(0, 1 - abs(x)), [-1, 0, 1]),
    ("fast-sigmoid", 25.0): (lambda x: 1 / (1 + 25 * abs(x)) ** 2, [-0.2, 0, 0.2]),
    ("sigmoid-derivative", 4.0): (lambda x: 4 * sigmoid(4 * x) * sigmoid(-4 * x), []),
    ("arctan", 2.0): (lambda x: 1 / (1 + (math.pi * x) ** 2), [0]),
    ("gaussian", 2.0): (lambda x: 2 / math.sqrt(math.pi) * math.exp(-((2 * x) ** 2)), [0]),
    ("piecewise-quadratic", 1.3): (lambda x: max(0, 1.3 - 1.69 * abs(x)), [-1 / 1.3, 0, 1 / 1.3]),
    ("piecewise-exponential", 1.0): (lambda x: 0.5 * math.exp(-abs(x)), [0]),
    ("soft-sign", 2.0): (lambda x: 1 / (1 + 2 * abs(x)) ** 2, [0]),
}


def expectation(f, q, bends):
    """E[f(√q z)], piece by piece."""
    deviation = math.sqrt(q)
    edges = sorted({-9.0, -3.0, -1.0, 0.0, 1.0, 3.0, 9.0, *(bend / deviation for bend in bends if abs(bend) < 9 * deviation)})
    return math.fsum(
        integrate.quad(lambda z: f(deviation * z) * phi(z), low, high, epsabs=1e-13, epsrel=1e-12, limit=200)[0]
        for low, high in zip(edges, edges[1:]))


def pair(f, q, c, bends):
    """E[f(u) f(v)] with variances q and correlation c: outer over u, inner over v given u."""
    rest = math.sqrt(1 - c * c)
    deviation = math.sqrt(q)

    def inner(u):
        mean = c * u
        edges = sorted({-8.0, -2.0, 0.0, 2.0, 8.0, *(y for y in ((bend / deviation - mean) / rest for bend in bends) if abs(y) < 8)})
        return math.fsum(
            integrate.quad(lambda y: f(deviation * (mean + rest * y)) * phi(y), low, high, epsabs=1e-11, epsrel=1e-11)[0]
            for low, high in zip(edges, edges[1:]))

    edges = sorted({-8.0, -2.0, 0.0, 2.0, 8.0, *(bend / deviation for bend in bends if abs(bend) < 8 * deviation)})
    return math.fsum(
        integrate.quad(lambda u: f(deviation * u) * inner(u) * phi(u), low, high, epsabs=1e-10, epsrel=1e-10)[0]
        for low, high in zip(edges, edges[1:]))


def fixed_point(g, bends, weight_variance, bias_variance):
    def growth(q):
        return (weight_variance * expectation(lambda x: g(x) ** 2, q, bends) + bias_variance) / q - 1
    return optimize.brentq(growth, 1e-3, 1e3, xtol=1e-14, rtol=1e-13)


def parts(name):
    return {"activation": name[0], "option": name[1] if len(name) > 1 else None, "number": name[2] if len(name) > 1 else None}


def moments():
    for name, (g, slope, bends) in ACTIVATIONS.items():
        for q in [0.03, 1.0, 7.5]:
            yield {**parts(name), "q": q, "mean": expectation(g, q, bends), "second": expectation(lambda x: g(x) ** 2, q, bends),
                   "derivative": expectation(lambda x: slope(x) ** 2, q, bends)}


def surrogates():
    for (name, scale), (slope, bends) in SURROGATES.items():
        for q in [0.03, 1.0, 7.5]:
            yield {"backward": name, "scale": scale, "q": q, "slope": expectation(lambda x: slope(x) ** 2, q, bends)}


def pairs():
    for name in [("sigmoid",), ("tanh",), ("tanh", "slope", 2.5), ("hard-tanh",), ("softsign",), ("selu",), ("gelu",)]:
        g, slope, bends = ACTIVATIONS[name]
        for q, c in [(1.0, 0.3), (2.0, 0.9)]:
            yield {**parts(name), "q": q, "c": c, "value": pair(g, q, c, bends), "derivatives": pair(slope, q, c, bends)}


def fields():
    """Fixed points; c* of those that are chaotic."""
    for name, weight_variance, bias_variance in [
            (("sigmoid",), 2.0, 0.1), (("tanh",), 1.5, 0.05), (("tanh",), 3.0, 0.05), (("tanh", "slope", 2.5), 1.0, 0.3),
            (("hard-tanh",), 2.5, 0.1), (("softsign",), 6.0, 0.05), (("elu", "alpha", 0.7), 1.0, 0.2), (("selu",), 1.0, 0.0),
            (("softplus",), 0.6, 0.1), (("gelu",), 1.2, 0.3), (("silu",), 1.1, 0.5)]:
        g, slope, bends = ACTIVATIONS[name]
        q = fixed_point(g, bends, weight_variance, bias_variance)
        chi = weight_variance * expectation(lambda x: slope(x) ** 2, q, bends)
        # The length map's slope by parts: E[(z² − 1) g²]/(2q).
        length = weight_variance * expectation(lambda x: (x * x / q - 1) * g(x) ** 2, q, bends) / (2 * q)
        row = {**parts(name), "weightVariance": weight_variance, "biasVariance": bias_variance, "q": q, "chi": chi, "length": length}
        if chi > 1:
            c = optimize.brentq(
                lambda c: ((weight_variance * pair(g, q, c, bends) + bias_variance) / q - c) / (1 - c), 0, 0.95, xtol=1e-9)
            row |= {"correlation": c, "correlationSlope": weight_variance * pair(slope, q, c, bends)}
        yield row


def critical():
    for name, bias_variance in [(("tanh",), 0.05), (("tanh",), 0.5), (("sigmoid",), 0.1), (("hard-tanh",), 0.05), (("softsign",), 0.02)]:
        g, slope, bends = ACTIVATIONS[name]

        def excess(weight_variance):
            q = fixed_point(g, bends, weight_variance, bias_variance)
            return weight_variance * expectation(lambda x: slope(x) ** 2, q, bends) - 1

        weight_variance = optimize.brentq(excess, 0.3, 300, xtol=1e-12)
        yield {**parts(name), "biasVariance": bias_variance, "weightVariance": weight_variance,
               "q": fixed_point(g, bends, weight_variance, bias_variance)}


def threshold(n, count):
    return mpmath.atanh(mpmath.sqrt(1 - n ** -count)) / n


def slopes():
    mpmath.mp.dps = 1500
    for n in ["1.0000001", "1.01", "1.5", "2", "10", "1e6"]:
        for count in [1, 2, 50, 200]:
            yield {"n": float(n), "count": count, "threshold": float(threshold(mpmath.mpf(float(n)), count))}


def best_slopes():
    """By thirds: the threshold rises to its maximum and falls after it."""
    mpmath.mp.dps = 200
    for count in [1, 2, 3, 10, 50, 100, 200]:
        low, high = mpmath.mpf("1.1"), mpmath.mpf(4)
        while high - low > mpmath.mpf("1e-25"):
            third = (high - low) / 3
            if threshold(low + third, count) < threshold(high - third, count):
                low += third
            else:
                high -= third
        yield {"count": count, "n": float(low)}


document = {"scipy": scipy.__version__, "slopes": list(slopes()), "bestSlopes": list(best_slopes()), "moments": list(moments()),
            "surrogates": list(surrogates()), "pairs": list(pairs()), "fields": list(fields()), "critical": list(critical())}
lines = ",\n".join(
    f' "{key}": ' + (json.dumps(value) if isinstance(value, str) else "[\n  " + ",\n  ".join(json.dumps(row) for row in value) + "\n ]")
    for key, value in document.items())
(pathlib.Path(__file__).parent / "theory.json").write_text("{\n" + lines + "\n}\n")
