"""What PyTorch's optimisers and schedulers do, for the tests of GradTorch.LibTorch: writes optimizers.json beside itself.

Run with Debian's python3-torch: /usr/bin/python3 optimizers.py
"""
import json
import pathlib
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")

X = torch.tensor([[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [-0.25, 0.5, 1.0], [2.0, -0.5, 0.5]], dtype=torch.float64)
Y = torch.tensor([[0.5, -0.5], [-0.25, 0.75], [0.125, 0.25], [1.0, -1.0]], dtype=torch.float64)
W = torch.tensor([[0.1, -0.2], [0.3, 0.4], [-0.5, 0.6]], dtype=torch.float64)
B = torch.tensor([0.05, -0.05], dtype=torch.float64)
KEPT_STEPS = [1, 2, 3, 7, 20, 50]


def steps(make, without_bias_until=0):
    """Weights and bias after the kept steps of: mean((tanh(XW + B) - Y)²), minimised or maximised."""
    w, b = W.clone().requires_grad_(), B.clone().requires_grad_()
    optimizer = make(w, b)
    kept = []
    for step in range(1, KEPT_STEPS[-1] + 1):
        optimizer.zero_grad(set_to_none=False)
        torch.nn.functional.mse_loss(torch.tanh(X @ w + b), Y).backward()
        if step <= without_bias_until:
            b.grad = None
        optimizer.step()
        if step in KEPT_STEPS:
            kept.append(w.flatten().tolist() + b.tolist())
    return kept


def both(kind, **options):
    return lambda w, b: kind([w, b], **options)


def grouped(kind, first, second, **options):
    return lambda w, b: kind([{"params": [w], **first}, {"params": [b], **second}], **options)


OPTIMIZERS = {
    "sgd": both(optim.SGD, lr=0.1),
    "sgd momentum": both(optim.SGD, lr=0.1, momentum=0.9),
    "sgd momentum dampening": both(optim.SGD, lr=0.1, momentum=0.9, dampening=0.3),
    "sgd weight decay": both(optim.SGD, lr=0.1, weight_decay=0.1),
    "sgd nesterov": both(optim.SGD, lr=0.1, momentum=0.9, nesterov=True),
    "sgd everything": both(optim.SGD, lr=0.02, momentum=0.8, weight_decay=0.05, nesterov=True, maximize=True),
    "sgd maximize weight decay": both(optim.SGD, lr=0.02, weight_decay=0.5, maximize=True),
    "sgd groups": grouped(optim.SGD, {"lr": 0.2, "momentum": 0.5}, {"weight_decay": 0.01}, lr=0.05),
    "adam": both(optim.Adam, lr=0.02),
    "adam betas eps": both(optim.Adam, lr=0.02, betas=(0.7, 0.9), eps=1e-3),
    "adam weight decay": both(optim.Adam, lr=0.02, weight_decay=0.1),
    "adam amsgrad": both(optim.Adam, lr=0.2, betas=(0.5, 0.6), amsgrad=True),
    "adam maximize": both(optim.Adam, lr=0.02, weight_decay=0.1, maximize=True),
    "adam groups": grouped(optim.Adam, {"lr": 0.1, "betas": (0.5, 0.9)}, {"weight_decay": 0.2}, lr=0.01),
    "adamw": both(optim.AdamW, lr=0.02, weight_decay=0.01),
    "adamw amsgrad": both(optim.AdamW, lr=0.2, betas=(0.5, 0.6), weight_decay=0.3, amsgrad=True),
    "adamw maximize": both(optim.AdamW, lr=0.02, weight_decay=0.1, maximize=True),
    "adamw groups": grouped(optim.AdamW, {"lr": 0.1, "weight_decay": 0.0}, {"eps": 1e-2}, lr=0.01, weight_decay=0.2),
    "rmsprop": both(optim.RMSprop, lr=0.01),
    "rmsprop alpha eps": both(optim.RMSprop, lr=0.01, alpha=0.7, eps=1e-3),
    "rmsprop momentum": both(optim.RMSprop, lr=0.01, momentum=0.9),
    "rmsprop centered": both(optim.RMSprop, lr=0.01, centered=True),
    "rmsprop everything": both(optim.RMSprop, lr=0.005, momentum=0.5, centered=True, weight_decay=0.1, maximize=True),
    "rmsprop groups": grouped(optim.RMSprop, {"lr": 0.02, "momentum": 0.5}, {"centered": True}, lr=0.01),
    "adagrad": both(optim.Adagrad, lr=0.1),
    "adagrad decay": both(optim.Adagrad, lr=0.1, lr_decay=0.1, weight_decay=0.1),
    "adagrad initial": both(optim.Adagrad, lr=0.1, initial_accumulator_value=0.5, eps=1e-3),
    "adagrad groups": grouped(optim.Adagrad, {"lr": 0.2}, {"lr_decay": 0.5}, lr=0.05),
}

# The bias has no gradient in the first steps: its step counter and buffers lag behind.
LATE = {
    "sgd momentum late": both(optim.SGD, lr=0.1, momentum=0.9, dampening=0.5),
    "adam late": both(optim.Adam, lr=0.02),
    "adagrad late": both(optim.Adagrad, lr=0.1, lr_decay=0.5),
}

METRIC = [1.0, 0.9, 0.9, 0.89999, 0.9, 0.95, 0.8, 0.85, 0.85, 0.85, 0.85, 0.85, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.76,
          0.6, 0.61, 0.62, 0.63, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]


def rates(make, plateau=False, adam=False):
    """Learning rate and momentum (β₁) of two groups, at first and after each of 30 steps."""
    groups = [{"params": [W.clone().requires_grad_()], "lr": 0.1}, {"params": [B.clone().requires_grad_()], "lr": 0.02}]
    optimizer = optim.Adam(groups) if adam else optim.SGD(groups, lr=1, momentum=0.9)
    scheduler = make(optimizer)

    def now():
        return [[g["lr"] for g in optimizer.param_groups], [g["betas"][0] if adam else g["momentum"] for g in optimizer.param_groups]]

    kept = [now()]
    for step in range(30):
        scheduler.step(METRIC[step]) if plateau else scheduler.step()
        kept.append(now())
    return kept


SCHEDULERS = {
    "step": lambda o: lr_scheduler.StepLR(o, 4, gamma=0.5),
    "multi step": lambda o: lr_scheduler.MultiStepLR(o, [3, 8, 8, 20], gamma=0.5),
    "exponential": lambda o: lr_scheduler.ExponentialLR(o, 0.9),
    "constant": lambda o: lr_scheduler.ConstantLR(o, 0.25, 6),
    "linear": lambda o: lr_scheduler.LinearLR(o, 0.2, 0.9, 10),
    "polynomial": lambda o: lr_scheduler.PolynomialLR(o, 12, 2.0),
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, 7, eta_min=0.001),
    "lambda": lambda o: lr_scheduler.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "lambdas": lambda o: lr_scheduler.LambdaLR(o, [lambda epoch: 0.9 ** epoch, lambda epoch: epoch]),
    "multiplicative": lambda o: lr_scheduler.MultiplicativeLR(o, lambda epoch: 1 - 0.01 * epoch),
    "cyclic": lambda o: lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=5, step_size_down=3),
    "cyclic triangular2": lambda o: lr_scheduler.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], step_size_up=4, mode="triangular2"),
    "cyclic range": lambda o: lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="exp_range", gamma=0.95, base_momentum=0.7, max_momentum=0.95),
    "cyclic function": lambda o: lr_scheduler.CyclicLR(o, 0.01, 0.1, step_size_up=4, scale_fn=lambda x: 1 / (1 + x), scale_mode="iterations", cycle_momentum=False),
    "one cycle": lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=30),
    "one cycle groups linear": lambda o: lr_scheduler.OneCycleLR(o, [0.5, 0.1], epochs=6, steps_per_epoch=5, pct_start=0.4, anneal_strategy="linear", div_factor=10, final_div_factor=100),
    "one cycle three phases": lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=30, three_phase=True, base_momentum=0.8, max_momentum=0.9),
    "one cycle without momentum": lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=30, cycle_momentum=False),
    "sequential": lambda o: lr_scheduler.SequentialLR(o, [lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.9), lr_scheduler.StepLR(o, 3)], [5, 15]),
    "chained": lambda o: lr_scheduler.ChainedScheduler([lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.9)]),
}
PLATEAUS = {
    "plateau": lambda o: lr_scheduler.ReduceLROnPlateau(o, patience=2),
    "plateau abs": lambda o: lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=0.06, threshold_mode="abs", cooldown=2, min_lr=[0.01, 0.004]),
    "plateau max": lambda o: lr_scheduler.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=3, threshold=0.01, min_lr=0.003),
    "plateau max abs": lambda o: lr_scheduler.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=4, threshold_mode="abs", eps=0.004),
}

document = {
    "torch": torch.__version__,
    "x": X.tolist(), "y": Y.tolist(), "w": W.tolist(), "b": B.tolist(), "keptSteps": KEPT_STEPS, "metric": METRIC,
    "optimizers": {name: steps(make) for name, make in OPTIMIZERS.items()},
    "late": {name: steps(make, without_bias_until=5) for name, make in LATE.items()},
    "schedulers": {name: rates(make) for name, make in SCHEDULERS.items()},
    "plateaus": {name: rates(make, plateau=True) for name, make in PLATEAUS.items()},
    "adamSchedulers": {"one cycle": rates(lambda o: lr_scheduler.OneCycleLR(o, 0.5, total_steps=30), adam=True)},
}
(pathlib.Path(__file__).parent / "optimizers.json").write_text(json.dumps(document) + "\n")
