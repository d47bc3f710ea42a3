"""What PyTorch gives for trainings of a small network, for the tests of GradTorch: writes training.json beside itself.

    /usr/bin/python3 tests/Fixtures/training.py

Each member is a network of its own, trained alone by torch.optim on its own batches. The order of the data is that of
torch.randperm from the generator that a member's seed stands for, an incomplete batch at the end left out.
"""
import json
import pathlib

import torch
from torch.nn.functional import cross_entropy

EXAMPLES, FEATURES, WIDTH, DEPTH, CLASSES, BATCH, STEPS = 43, 6, 8, 3, 4, 8, 50
SEEDS, RATES = [3, 2_000_000_011], [0.05, 0.02]
OPTIMIZERS = {
    "sgd": lambda p, lr: torch.optim.SGD(p, lr=lr),
    "sgd momentum": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9, weight_decay=1e-3),
    "sgd nesterov": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.8, nesterov=True),
    "adam": lambda p, lr: torch.optim.Adam(p, lr=lr, betas=(0.8, 0.99), eps=1e-6, weight_decay=1e-2),
}


def order_seed(seed):
    """SplitMix64 of the seed and of 2, the stream of the data's order, folded to 32 bits."""
    mask = 2**64 - 1
    state = (seed * 0x9E3779B97F4A7C15 + 2 * 0xD1B54A32D192ED03) & mask
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & mask
    state ^= state >> 31
    return (state ^ (state >> 32)) & 0xFFFFFFFF


def batches(seed):
    generator = torch.Generator().manual_seed(order_seed(seed))
    while True:
        permutation = torch.randperm(EXAMPLES, generator=generator)
        for start in range(0, EXAMPLES - BATCH + 1, BATCH):
            yield permutation[start:start + BATCH]


def initial(generator):
    """Weights (in, out) and biases, layer by layer."""
    sizes = [FEATURES] + [WIDTH] * DEPTH + [CLASSES]
    for inputs, outputs in zip(sizes, sizes[1:]):
        yield torch.randn(inputs, outputs, generator=generator) / inputs**0.5
        yield torch.randn(outputs, generator=generator) * 0.1


def train(make, parameters, rate, seed, inputs, labels, activation):
    parameters = [p.to(inputs.dtype).clone().requires_grad_() for p in parameters]
    optimizer = make(parameters, rate)
    losses, accuracies, norms = [], [], []
    for _, batch in zip(range(STEPS), batches(seed)):
        a = inputs[batch]
        for weight, bias in zip(parameters[0:-2:2], parameters[1:-2:2]):
            a = activation(a @ weight + bias)
        logits = a @ parameters[-2] + parameters[-1]
        loss = cross_entropy(logits, labels[batch])
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        accuracies.append((logits.argmax(1) == labels[batch]).double().mean().item())
        norms.append(torch.cat([p.grad.double().flatten() for p in parameters]).norm().item())
        optimizer.step()
    final = torch.cat([p.detach().flatten() for p in parameters]).tolist()
    return {"losses": losses, "accuracies": accuracies, "gradientNorms": norms, "final": final}


def short(document):
    """float32 numbers need nine digits, not seventeen."""
    return json.loads(json.dumps(document), parse_float=lambda text: float(f"{float(text):.9g}"))


generator = torch.Generator().manual_seed(1)
labels = torch.arange(EXAMPLES) % CLASSES
inputs = torch.randn(EXAMPLES, FEATURES, generator=generator) + torch.randn(CLASSES, FEATURES, generator=generator)[labels]
members = [list(initial(generator)) for _ in SEEDS]
runs = []
for name, make in OPTIMIZERS.items():
    for activation in ("tanh", "relu"):
        for dtype in ("float64", "float32"):
            trained = [
                train(make, p, rate, seed, inputs.to(getattr(torch, dtype)), labels, getattr(torch, activation))
                for p, rate, seed in zip(members, RATES, SEEDS)]
            trained = trained if dtype == "float64" else short(trained)
            runs.append({"optimizer": name, "activation": activation, "precision": dtype, "members": trained})
document = {
    "torch": torch.__version__, "batch": BATCH, "seeds": SEEDS, "rates": RATES, "depth": DEPTH, "width": WIDTH,
    "classes": CLASSES, "inputs": inputs.tolist(), "labels": labels.tolist(),
    "initial": [torch.cat([p.flatten() for p in member]).tolist() for member in members],
    "batches": [[batch.tolist() for _, batch in zip(range(STEPS), batches(seed))] for seed in SEEDS],
    "runs": runs,
}
(pathlib.Path(__file__).parent / "training.json").write_text(json.dumps(document) + "\n")
