"""Gradients after torch.nn.utils.clip_grad_norm_ and clip_grad_value_, each member on its own, for the tests of GradTorch:
writes clipping.json.

A member has two layers of 5 and 3 parameters. Run with Debian's python3-torch: /usr/bin/python3 clipping.py
"""
import json
import pathlib

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

LAYERS = [5, 3]
THRESHOLDS = [1.0, 0.25, 3.0, 1e-7]


def clipped(row, kind, threshold):
    parameters = [torch.zeros(size, dtype=torch.float64) for size in LAYERS]
    for parameter, gradient in zip(parameters, row.split(LAYERS)):
        parameter.grad = gradient.clone()
    if kind == "norm total":
        clip_grad_norm_(parameters, threshold)
    elif kind == "norm layer":
        for parameter in parameters:
            clip_grad_norm_([parameter], threshold)
    else:
        clip_grad_value_(parameters, threshold)
    return torch.cat([parameter.grad for parameter in parameters])


torch.manual_seed(6)
gradients = torch.randn(len(THRESHOLDS), sum(LAYERS), dtype=torch.float64)
# One layer beyond its threshold and one within; a member within; one with norms far below PyTorch's 1e-6.
gradients *= torch.tensor([[3.0] * 5 + [0.1] * 3, [1.0] * 8, [0.3] * 8, [2e-7] * 8], dtype=torch.float64)
document = {"torch": torch.__version__, "layers": LAYERS, "thresholds": THRESHOLDS, "gradients": gradients.tolist(), "cases": [
    {"name": kind, "clipped": torch.stack([clipped(row, kind, limit) for row, limit in zip(gradients, THRESHOLDS)]).tolist()}
    for kind in ("norm total", "norm layer", "value")]}
(pathlib.Path(__file__).parent / "clipping.json").write_text(json.dumps(document, indent=1) + "\n")
