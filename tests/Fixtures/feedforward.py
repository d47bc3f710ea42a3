"""Feed-forward nets with skip connections and normalisation as PyTorch has them, for the tests of GradTorch: writes
feedforward.json beside itself.

Each member is a network of its own: torch.nn.functional.linear, torch.nn.BatchNorm1d and torch.nn.LayerNorm, float64, and
the joins written out by hand. A case trains for no step: it goes forward and backward on several batches (the running
statistics move on), keeps what there is after the last, and ends with an output in evaluation mode.

Run with Debian's python3-torch: /usr/bin/python3 feedforward.py
"""
import base64
import json
import pathlib

import torch

MEMBERS, DEPTH, WIDTH, CLASSES, BATCH, BATCHES = 2, 6, 5, 3, 7, 4
# Name, features, skip every, join, scale as written, norm, place of the norm.
CASES = [
    ("before, every 2, projection", 4, 2, "before-activation", "1", "none", "before-activation"),
    ("before, every 3, identity", 5, 3, "before-activation", "1", "none", "before-activation"),
    ("before, every 1, half", 4, 1, "before-activation", "0.5", "none", "before-activation"),
    ("after, every 2, projection", 4, 2, "after-activation", "1", "none", "before-activation"),
    ("after, every 1, root", 5, 1, "after-activation", "1/sqrt(depth)", "none", "before-activation"),
    ("after, every 6, root", 4, 6, "after-activation", "1/sqrt(depth)", "none", "before-activation"),
    ("before, batch norm", 4, 2, "before-activation", "1/sqrt(depth)", "batch", "before-activation"),
    ("after, batch norm last", 4, 3, "after-activation", "0.25", "batch", "after-activation"),
    ("plain, batch norm", 4, 0, "", "1", "batch", "before-activation"),
    ("plain, batch norm last", 4, 0, "", "1", "batch", "after-activation"),
    ("plain, layer norm", 4, 0, "", "1", "layer", "before-activation"),
    ("before, layer norm last", 5, 2, "before-activation", "1", "layer", "after-activation"),
    ("after, layer norm", 4, 2, "after-activation", "2", "layer", "before-activation"),
]


def text(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def scale_of(written):
    return DEPTH ** -0.5 if written == "1/sqrt(depth)" else float(written)


class Member:
    def __init__(self, features, every, join, scale, norm, place):
        self.every, self.join, self.scale, self.place = every, join, scale_of(scale), place
        sizes = [features] + [WIDTH] * DEPTH + [CLASSES]
        self.weights = [(0.7 * torch.randn(i, o)).requires_grad_() for i, o in zip(sizes, sizes[1:])]
        self.biases = [(0.3 * torch.randn(o)).requires_grad_() for o in sizes[1:]]
        self.projection = (0.7 * torch.randn(features, WIDTH)).requires_grad_() if every and features != WIDTH else None
        make = {"batch": torch.nn.BatchNorm1d, "layer": torch.nn.LayerNorm}.get(norm)
        self.norms = [make(WIDTH) for _ in range(DEPTH)] if make else []
        for module in self.norms:
            torch.nn.init.normal_(module.weight, 1.0, 0.3)
            torch.nn.init.normal_(module.bias, 0.0, 0.3)

    def flat(self, of):
        """Everything in the order of a member's flat parameters: hidden layers with their norms, output, projection."""
        parts = []
        for n in range(DEPTH):
            parts += [self.weights[n], self.biases[n]]
            if self.norms:
                parts += [self.norms[n].weight, self.norms[n].bias]
        parts += [self.weights[DEPTH], self.biases[DEPTH]]
        if self.projection is not None:
            parts.append(self.projection)
        return torch.cat([of(part).reshape(-1) for part in parts])

    def activate(self, n, z):
        a = torch.tanh(z)
        self.passed.append((z, a))
        return self.norms[n](a) if self.norms and self.place == "after-activation" else a

    def forward(self, x):
        self.passed = []
        a, stream = x, x if self.projection is None else x @ self.projection
        for n in range(DEPTH):
            z = a @ self.weights[n] + self.biases[n]
            if self.norms and self.place == "before-activation":
                z = self.norms[n](z)
            joins = self.every and (n + 1) % self.every == 0
            if joins and self.join == "before-activation":
                stream = stream + self.scale * z
                a = self.activate(n, stream)
            elif joins:
                stream = stream + self.scale * self.activate(n, z)
                a = stream
            else:
                a = self.activate(n, z)
        return a @ self.weights[DEPTH] + self.biases[DEPTH]

    def train(self, mode):
        for module in self.norms:
            module.train(mode)


def case(name, features, every, join, scale, norm, place):
    members = [Member(features, every, join, scale, norm, place) for _ in range(MEMBERS)]
    parameters = torch.stack([member.flat(lambda p: p) for member in members])
    inputs = torch.randn(BATCHES, MEMBERS, BATCH, features)
    labels = torch.randint(CLASSES, (BATCHES, MEMBERS, BATCH))
    outputs, gradients, deltas, activation_gradients, evaluated, means, variances = ([] for _ in range(7))
    for m, member in enumerate(members):
        for b in range(BATCHES):
            member.flat(lambda p: setattr(p, "grad", None) or p)
            logits = member.forward(inputs[b, m])
            for z, a in member.passed:
                z.retain_grad()
                a.retain_grad()
            logits.retain_grad()
            torch.nn.functional.cross_entropy(logits, labels[b, m]).backward()
        outputs.append(logits)
        gradients.append(member.flat(lambda p: p.grad))
        deltas.append(torch.stack([z.grad.norm() for z, _ in member.passed] + [logits.grad.norm()]))
        activation_gradients.append(torch.stack([a.grad.norm() for _, a in member.passed] + [logits.grad.norm()]))
        member.train(False)
        evaluated.append(member.forward(inputs[0, m]))
        if norm == "batch":
            means.append(torch.stack([module.running_mean for module in member.norms]))
            variances.append(torch.stack([module.running_var for module in member.norms]))
    document = {
        "name": name, "features": features, "every": every, "join": join, "scale": scale, "norm": norm, "normPlace": place,
        "parameters": text(parameters), "inputs": text(inputs), "labels": text(labels), "outputs": text(torch.stack(outputs)),
        "gradients": text(torch.stack(gradients)), "preactivationGradients": text(torch.stack(deltas)),
        "activationGradients": text(torch.stack(activation_gradients)), "evaluated": text(torch.stack(evaluated)),
    }
    if norm == "batch":
        document |= {"runningMeans": text(torch.stack(means)), "runningVariances": text(torch.stack(variances))}
    return document


torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
sizes = {"members": MEMBERS, "depth": DEPTH, "width": WIDTH, "classes": CLASSES, "batch": BATCH, "batches": BATCHES}
document = {"torch": torch.__version__, **sizes, "cases": [case(*described) for described in CASES]}
(pathlib.Path(__file__).parent / "feedforward.json").write_text(json.dumps(document, indent=1) + "\n")
