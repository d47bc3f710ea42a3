"""Fifty steps of PyTorch's optimisers on recorded gradients, for the tests of GradTorch: writes ensemble_optimizers.json.

Each member is a parameter group of its own, with its own learning rate.

Run with Debian's python3-torch: /usr/bin/python3 ensemble_optimizers.py
"""
import base64
import json
import pathlib

import torch
from torch import optim

STEPS = 50
PARAMETERS = 7
RATES = [0.1, 0.01, 0.003]
KEPT_STEPS = [1, 2, 10, 50]
# Gradients of very different sizes, exact zeros among them.
SIZES = torch.tensor([1.0, 1e-3, 1e-6, 2.0, 0.0, 1.0, 0.1])
OPTIMIZERS = {
    "sgd": {},
    "sgd weight decay": {"weight_decay": 0.05},
    "sgd momentum": {"momentum": 0.9},
    "sgd momentum weight decay": {"momentum": 0.9, "weight_decay": 0.05},
    "sgd nesterov": {"momentum": 0.9, "nesterov": True},
    "sgd nesterov weight decay": {"momentum": 0.8, "nesterov": True, "weight_decay": 0.01},
    "adam": {},
    "adam weight decay": {"weight_decay": 0.05},
    "adam betas epsilon": {"betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.01},
    "adamw": {"weight_decay": 0.0},
    "adamw weight decay": {"weight_decay": 0.05},
    "adamw betas epsilon": {"betas": (0.8, 0.95), "eps": 1e-4, "weight_decay": 0.1},
    "rmsprop": {},
    "rmsprop weight decay": {"weight_decay": 0.05},
    "rmsprop alpha epsilon": {"alpha": 0.9, "eps": 1e-4},
    "rmsprop momentum": {"momentum": 0.9},
    "rmsprop centered": {"centered": True, "weight_decay": 0.01},
    "rmsprop centered momentum": {"centered": True, "momentum": 0.8, "alpha": 0.95},
}
CLASSES = {"sgd": optim.SGD, "adam": optim.Adam, "adamw": optim.AdamW, "rmsprop": optim.RMSprop,
}


def base64_of(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def weights_after(name, options, start, gradients, dtype):
    """Weights (kept steps, members, parameters)."""
    parameters = [row.clone().requires_grad_() for row in start.to(dtype)]
    groups = [{"params": [parameter], "lr": rate} for parameter, rate in zip(parameters, RATES)]
    optimizer = CLASSES[name.split()[0]](groups, lr=1.0, **options)
    kept = []
    for step in range(1, STEPS + 1):
        for parameter, gradient in zip(parameters, gradients[step - 1].to(dtype)):
            parameter.grad = gradient.clone()
        optimizer.step()
        if step in KEPT_STEPS:
            kept.append(torch.stack([parameter.detach() for parameter in parameters]))
    return torch.stack(kept).double()


torch.manual_seed(2)
start = torch.randn(len(RATES), PARAMETERS)
gradients = torch.randn(STEPS, len(RATES), PARAMETERS) * SIZES
cases = []
for name, options in OPTIMIZERS.items():
    beta1, beta2 = options.get("betas", (0.9, 0.999))
    cases.append({
        "name": name, "kind": name.split()[0], "momentum": options.get("momentum", 0.0),
        "nesterov": options.get("nesterov", False), "weightDecay": options.get("weight_decay", 0.0), "beta1": beta1,
        "beta2": beta2, "epsilon": options.get("eps", 1e-8), "alpha": options.get("alpha", 0.99),
        "centered": options.get("centered", False),
        "weights": {precision: base64_of(weights_after(name, options, start, gradients, getattr(torch, precision)))
                    for precision in ("float32", "float64")}})
document = {"torch": torch.__version__, "rates": RATES, "keptSteps": KEPT_STEPS, "steps": STEPS,
            "parameters": PARAMETERS, "start": base64_of(start), "gradients": base64_of(gradients), "cases": cases}
(pathlib.Path(__file__).parent / "ensemble_optimizers.json").write_text(json.dumps(document, indent=1) + "\n")
