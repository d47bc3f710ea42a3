"""Activations and surrogate derivatives as PyTorch has them, for the tests of GradTorch: writes activations.json beside
itself.

Activations are torch.nn's own, their slopes autograd's. A surrogate derivative is autograd's slope of the function that
its source differentiates, or, where the source gives the derivative alone, that formula. All in float64.

Run with Debian's python3-torch: /usr/bin/python3 activations.py
"""
import base64
import json
import math
import pathlib

import torch
from torch import nn

# 0 and the kinks at ±1 are there on purpose: PyTorch's choice of slope is ours. Beyond 20 its softplus is the identity.
POINTS = torch.tensor([0.0] + [sign * size for size in (1e-6, 1e-3, 0.04, 0.1, 0.3, 0.5, 0.7, 1.0, 1.3, 2.0, 3.5, 6.0, 12.0, 18.0,
                                                         40.0, 200.0, 1e4) for sign in (1, -1)], dtype=torch.float64)

# Name, what PyTorch has for it, the parameters.
ACTIVATIONS = [
    ("identity", nn.Identity(), {}),
    ("sigmoid", nn.Sigmoid(), {}),
    ("tanh", nn.Tanh(), {}),
    ("tanh", lambda z: torch.tanh(2.5 * z), {"slope": 2.5}),
    ("hard-tanh", nn.Hardtanh(), {}),
    ("softsign", nn.Softsign(), {}),
    ("erf", torch.erf, {}),
    ("relu", nn.ReLU(), {}),
    ("leaky-relu", nn.LeakyReLU(), {}),
    ("leaky-relu", nn.LeakyReLU(0.2), {"negativeSlope": 0.2}),
    ("prelu", nn.PReLU(dtype=torch.float64), {}),
    ("elu", nn.ELU(), {}),
    ("elu", nn.ELU(2.5), {"alpha": 2.5}),
    ("selu", nn.SELU(), {}),
    ("softplus", nn.Softplus(), {}),
    ("gelu", nn.GELU(), {}),
    ("silu", nn.SiLU(), {}),
    ("heaviside", lambda z: torch.heaviside(z.detach(), torch.zeros((), dtype=torch.float64)) + 0 * z, {}),
    ("sign", torch.sign, {}),
]


def slope_of(function):
    """The surrogate derivative h(x, k) that is the slope of a function of x and k."""
    def derivative(x, k):
        x = x.clone().requires_grad_()
        function(x, k).sum().backward()
        return x.grad
    return derivative


def between(x, low, high):
    return ((x >= low) & (x <= high)).double()


# Name, h(x, k), default k, another k.
SURROGATES = [
    ("sigmoid-function", lambda x, k: torch.sigmoid(k * x), 1.0, 2.5),
    ("scaled-sigmoid-derivative", slope_of(lambda x, k: k * torch.sigmoid(x)), 4.0, 1.5),
    ("smoothed-sigmoid-derivative", slope_of(lambda x, k: torch.sigmoid(x) + k * x), 0.1, 0.02),
    ("leaky", slope_of(lambda x, k: nn.functional.leaky_relu(x, k)), 0.01, 0.3),
    ("constant", lambda x, k: torch.full_like(x, k), 0.25, 0.6),
    ("b-silu", slope_of(lambda x, k: (x + k) * torch.sigmoid(x) - k / 2), 1.67, 0.4),
    ("straight-through", lambda x, k: torch.full_like(x, k), 1.0, 0.5),
    ("clipped-straight-through", lambda x, k: between(x, -k, k), 1.0, 2.5),
    ("triangle", lambda x, k: k * torch.clamp(1 - x.abs(), min=0), 0.3, 1.2),
    ("fast-sigmoid", lambda x, k: 1 / (1 + k * x.abs()) ** 2, 25.0, 3.0),
    ("sigmoid-derivative", slope_of(lambda x, k: torch.sigmoid(k * x)), 4.0, 1.5),
    ("arctan", slope_of(lambda x, k: torch.atan(math.pi / 2 * k * x) / math.pi + 0.5), 2.0, 0.7),
    ("gaussian", slope_of(lambda x, k: 0.5 * (1 - torch.erf(-k * x))), 2.0, 0.7),
    ("piecewise-quadratic", lambda x, k: between(x, -1 / k, 1 / k) * (k - k * k * x.abs()), 1.0, 0.4),
    ("piecewise-exponential", lambda x, k: k / 2 * torch.exp(-k * x.abs()), 1.0, 3.0),
    ("soft-sign", lambda x, k: 1 / (2 * k * (1 / k + x.abs()) ** 2), 2.0, 0.5),
]


def base64_of(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def activation_case(name, function, parameters):
    z = POINTS.clone().requires_grad_()
    a = function(z)
    a.sum().backward()
    return {"name": name, "slope": 1.0, "negativeSlope": 0.01, "alpha": 1.0, **parameters,
            "values": base64_of(a), "slopes": base64_of(z.grad)}


document = {
    "torch": torch.__version__,
    "points": base64_of(POINTS),
    "activations": [activation_case(*case) for case in ACTIVATIONS],
    "surrogates": [{"name": name, "scale": k, "isDefault": k == default, "derivatives": base64_of(h(POINTS, k))}
                   for name, h, default, other in SURROGATES for k in (default, other)],
}
(pathlib.Path(__file__).parent / "activations.json").write_text(json.dumps(document, indent=1) + "\n")
