"""What PyTorch's CPU generator draws, for the tests of GradTorch.LibTorch: writes generators.json beside itself.

Run with Debian's python3-torch: /usr/bin/python3 generators.py
"""
import json
import pathlib

import torch


def draws(seed):
    """Everything from one seed in this order, as exact doubles. 20 normal numbers take the vectorised path, 5 the other."""
    torch.manual_seed(seed)
    drawn = {
        "rand": torch.rand(7).tolist(),
        "randn": torch.randn(20).tolist(),
        "randnFew": torch.randn(5).tolist(),
        "randnDouble": torch.randn(3, dtype=torch.float64).tolist(),
        "randperm": torch.randperm(12).tolist(),
        "randint": torch.randint(0, 1000, (6,)).tolist(),
        "bernoulli": torch.bernoulli(torch.full((9,), 0.3)).tolist(),
    }
    return drawn | {"randAfter": torch.rand(2).tolist()}


document = {"torch": torch.__version__, "draws": {str(seed): draws(seed) for seed in (0, 1, 42, 2**40 + 7)}}
(pathlib.Path(__file__).parent / "generators.json").write_text(json.dumps(document) + "\n")
