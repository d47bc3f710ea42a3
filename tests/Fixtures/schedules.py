"""Learning rates of fifty steps from torch.optim.lr_scheduler, for the tests of GradTorch: writes schedules.json.

Each member is a parameter group of its own, with its own learning rate; for ReduceLROnPlateau, which looks at one loss, an
optimiser of its own. A warm-up of W steps is LinearLR from 1/W, then the schedule as if it began there.

Run with Debian's python3-torch: /usr/bin/python3 schedules.py
"""
import json
import pathlib

import torch
from torch import optim
from torch.optim import lr_scheduler

STEPS = 50
RATES = [0.1, 0.003]
WARMUP = 8


def optimizer(rates):
    return optim.SGD([{"params": [torch.zeros(1, requires_grad=True)], "lr": rate} for rate in rates], lr=1.0)


def rates_of(make, steps=STEPS, start=RATES):
    """Rates (steps, members) that the steps use."""
    moving = optimizer(start)
    scheduler = make(moving)
    used = []
    for _ in range(steps):
        used.append([group["lr"] for group in moving.param_groups])
        moving.step()
        scheduler.step()
    return used


def warmed_up(make):
    warmup = rates_of(lambda o: lr_scheduler.LinearLR(o, start_factor=1 / WARMUP, end_factor=1.0, total_iters=WARMUP - 1), WARMUP)
    return warmup + rates_of(make, STEPS - WARMUP)


def plateau(losses, options):
    """The rates when each step is followed by an evaluation."""
    columns = []
    for member, rate in enumerate(RATES):
        moving = optimizer([rate])
        scheduler = lr_scheduler.ReduceLROnPlateau(moving, eps=0, **options)
        used = []
        for step in range(STEPS):
            used.append(moving.param_groups[0]["lr"])
            scheduler.step(losses[step][member])
        columns.append(used)
    return [list(row) for row in zip(*columns)]


def step_lr(o):
    return lr_scheduler.StepLR(o, step_size=12, gamma=0.3)


def cosine(length):
    return lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=length, eta_min=1e-3)


torch.manual_seed(5)
falling = torch.exp(-torch.arange(STEPS, dtype=torch.float64) / 8).unsqueeze(1)
losses = (falling + 0.02 * torch.randn(STEPS, len(RATES), dtype=torch.float64).abs() + 0.5).tolist()
losses[20][1] = float("inf")
cases = [
    {"name": "constant", "section": {"kind": "constant"}, "rates": rates_of(lambda o: lr_scheduler.LambdaLR(o, lambda _: 1.0))},
    {"name": "step", "section": {"kind": "step", "every": 12, "factor": 0.3}, "rates": rates_of(step_lr)},
    {"name": "cosine", "section": {"kind": "cosine", "minLr": 1e-3}, "rates": rates_of(cosine(STEPS))},
    {"name": "cosine to zero", "section": {"kind": "cosine"},
     "rates": rates_of(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=STEPS))},
    {"name": "constant after warm-up", "section": {"kind": "constant", "warmup": WARMUP},
     "rates": warmed_up(lambda o: lr_scheduler.LambdaLR(o, lambda _: 1.0))},
    {"name": "step after warm-up", "section": {"kind": "step", "every": 12, "factor": 0.3, "warmup": WARMUP},
     "rates": warmed_up(step_lr)},
    {"name": "cosine after warm-up", "section": {"kind": "cosine", "minLr": 1e-3, "warmup": WARMUP},
     "rates": warmed_up(cosine(STEPS - WARMUP))},
    {"name": "plateau", "section": {"kind": "plateau", "factor": 0.5, "patience": 3, "threshold": 0.01, "minLr": 5e-4},
     "rates": plateau(losses, {"factor": 0.5, "patience": 3, "threshold": 0.01, "min_lr": 5e-4})},
    {"name": "plateau without patience", "section": {"kind": "plateau", "factor": 0.8, "patience": 0},
     "rates": plateau(losses, {"factor": 0.8, "patience": 0})},
]
document = {"torch": torch.__version__, "steps": STEPS, "members": RATES,
            "losses": [[loss if loss < float("inf") else None for loss in row] for row in losses], "cases": cases}
(pathlib.Path(__file__).parent / "schedules.json").write_text(json.dumps(document, indent=1) + "\n")
