"""Every column of layer_gradient as PyTorch has it, for the tests of GradTorch: writes gradients.json beside itself.

Each member is a network of its own here: one matrix product per layer, retain_grad for what passes through it. Norms
are accumulated in float64 from PyTorch's gradients; saturation is counted from the derivative's formula at z.

Run with Debian's python3-torch: /usr/bin/python3 gradients.py
"""
import base64
import json
import pathlib

import torch

MEMBERS = 3
RATE = 0.1
SATURATED_SLOPE = 0.05
COLUMNS = ["weight_gradient", "bias_gradient", "preactivation_gradient", "activation_gradient", "weight", "update",
           "activation_mean", "activation_std", "saturated", "zero_gradient", "nonfinite"]
# The shallow nets saturate and their units die; in the deep ones gradients fall by ten and more powers of ten.
SHAPES = {
    "shallow": {"depth": 6, "width": 8, "features": 12, "classes": 4, "batch": 16, "gains": [1.2, 0.8, 1.0], "bias": 0.5, "inputs": 3.0},
    "deep": {"depth": 40, "width": 8, "features": 12, "classes": 4, "batch": 8, "gains": [1.0, 0.9, 1.1], "bias": 0.05, "inputs": 1.0},
}
# Name, slope of tanh, negative slope of leaky ReLU.
ACTIVATIONS = [("sigmoid", 1.0, 0.01), ("tanh", 1.0, 0.01), ("tanh", 2.5, 0.01), ("relu", 1.0, 0.01),
               ("leaky-relu", 1.0, 0.01), ("leaky-relu", 1.0, 0.2), ("identity", 1.0, 0.01)]
# Deep tanh nets carry rounding errors on, tanh(2.5 z) until they are all there is: only float64 has digits enough to
# agree to 1e-5 whatever the order of additions.
DEEP = [("sigmoid", 1.0, 0.01, "float32"), ("sigmoid", 1.0, 0.01, "float64"), ("tanh", 1.0, 0.01, "float64"),
        ("tanh", 2.5, 0.01, "float64"), ("relu", 1.0, 0.01, "float32")]


def forward(z, name, slope, negative_slope):
    return {"sigmoid": torch.sigmoid, "tanh": lambda z: torch.tanh(slope * z), "relu": torch.relu,
            "leaky-relu": lambda z: torch.nn.functional.leaky_relu(z, negative_slope), "identity": lambda z: z.clone()}[name](z)


def derivative(z, name, slope, negative_slope):
    """g'(z) in float64, and the largest there is."""
    z = z.double()
    if name == "sigmoid":
        return 1 / ((1 + torch.exp(-z)) * (1 + torch.exp(z))), 0.25
    if name == "tanh":
        return slope / torch.cosh(slope * z) ** 2, slope
    if name == "identity":
        return torch.ones_like(z), 1.0
    below = negative_slope if name == "leaky-relu" else 0.0
    return torch.where(z > 0, torch.ones_like(z), torch.full_like(z, below)), 1.0


def norm(tensor):
    return tensor.detach().double().square().sum().sqrt().item()


def draw(shape):
    """Weights, biases, inputs and labels of all members, in float32, which float64 holds exactly."""
    sizes = [shape["features"]] + [shape["width"]] * shape["depth"] + [shape["classes"]]
    gains = torch.tensor(shape["gains"]).view(MEMBERS, 1, 1)
    weights = [gains * torch.randn(MEMBERS, i, o) * (2 / (i + o)) ** 0.5 for i, o in zip(sizes, sizes[1:])]
    biases = [shape["bias"] * torch.randn(MEMBERS, 1, o) for o in sizes[1:]]
    inputs = shape["inputs"] * torch.randn(MEMBERS, shape["batch"], shape["features"])
    labels = torch.randint(shape["classes"], (MEMBERS, shape["batch"]))
    return weights, biases, inputs, labels


def member_rows(weights, biases, x, labels, activation):
    """The columns of each layer of one network."""
    weights = [w.clone().requires_grad_() for w in weights]
    biases = [b.clone().requires_grad_() for b in biases]
    passed = []
    a = x
    for index, (w, b) in enumerate(zip(weights, biases)):
        z = torch.addmm(b, a, w)
        a = z if index == len(weights) - 1 else forward(z, *activation)
        z.retain_grad()
        a.retain_grad()
        passed.append((z, a))
    torch.nn.functional.cross_entropy(a, labels).backward()
    rows = []
    for index, (w, b, (z, a)) in enumerate(zip(weights, biases, passed)):
        with torch.no_grad():
            after = w - RATE * w.grad
        slope, largest = derivative(z.detach(), *(("identity", 1.0, 0.0) if a is z else activation))
        seen = [a, a.grad, z.grad, w.grad, b.grad]
        rows.append([
            norm(w.grad), norm(b.grad), norm(z.grad), norm(a.grad), norm(w), norm(after.double() - w.double()),
            a.detach().double().mean().item(), torch.std(a.detach().double()).item(),
            (slope < SATURATED_SLOPE * largest).double().mean().item(), (z.grad == 0).double().mean().item(),
            sum((~torch.isfinite(t.detach())).sum().item() for t in seen)])
    return rows


def base64_of(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def case(drawn, shape, name, slope, negative_slope, precision):
    dtype = getattr(torch, precision)
    weights, biases, inputs, labels = drawn
    rows = [member_rows([w[m].to(dtype) for w in weights], [b[m].to(dtype) for b in biases], inputs[m].to(dtype), labels[m],
                        (name, slope, negative_slope)) for m in range(MEMBERS)]
    return {"shape": shape, "activation": name, "slope": slope, "negativeSlope": negative_slope, "precision": precision,
            "rows": base64_of(torch.tensor(rows, dtype=torch.float64))}


torch.manual_seed(1)
document = {"torch": torch.__version__, "rate": RATE, "members": MEMBERS, "columns": COLUMNS, "shapes": {}, "cases": []}
for shape_name, shape in SHAPES.items():
    drawn = draw(shape)
    weights, biases, inputs, labels = drawn
    document["shapes"][shape_name] = {
        **{key: shape[key] for key in ("depth", "width", "features", "classes", "batch")},
        "weights": [base64_of(w) for w in weights], "biases": [base64_of(b) for b in biases],
        "inputs": base64_of(inputs), "labels": base64_of(labels)}
    cases = DEEP if shape_name == "deep" else [(*a, p) for a in ACTIVATIONS for p in ("float32", "float64")]
    document["cases"] += [case(drawn, shape_name, *chosen) for chosen in cases]
(pathlib.Path(__file__).parent / "gradients.json").write_text(json.dumps(document, indent=1) + "\n")
