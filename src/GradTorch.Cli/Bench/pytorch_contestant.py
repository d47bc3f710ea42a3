"""The other side of a benchmark: forward, backward and optimiser step of a network in PyTorch, eager, on one fixed batch.

Reads a number of steps from each line of standard input, does them, and answers with the seconds they took.
"""

import argparse
import signal
import sys
import time

import torch
from torch import nn
from torch.nn import functional

arguments = argparse.ArgumentParser()
arguments.add_argument("net", choices=["mlp", "residual", "members", "rnn", "gru", "product"])
arguments.add_argument("--device", default="cpu")
arguments.add_argument("--threads", type=int, help="PyTorch's own choice without it")
arguments.add_argument("--depth", type=int, default=1)
arguments.add_argument("--width", type=int, default=64)
arguments.add_argument("--batch", type=int, default=128)
arguments.add_argument("--members", type=int, default=1)
arguments.add_argument("--timesteps", type=int, default=1)
arguments.add_argument("--features", type=int, default=784)
arguments.add_argument("--activation", choices=["tanh", "relu", "surrogate"], default="tanh")
arguments.add_argument("--watched", action="store_true", help="a hook on every hidden layer reads the norm of its gradient")
chosen = arguments.parse_args()

# A Ctrl-C is for the one that asks: it closes standard input.
signal.signal(signal.SIGINT, signal.SIG_IGN)
if chosen.threads is not None:
    torch.set_num_threads(chosen.threads)
torch.set_flush_denormal(True)
torch.manual_seed(0)


class SigmoidBackward(torch.autograd.Function):
    """ReLU forwards, the slope of σ backwards."""

    @staticmethod
    def forward(context, z):
        context.save_for_backward(z)
        return z.relu()

    @staticmethod
    def backward(context, gradient):
        sigma = torch.sigmoid(context.saved_tensors[0])
        return gradient * sigma * (1 - sigma)


class Surrogate(nn.Module):
    def forward(self, z):
        return SigmoidBackward.apply(z)


def activation():
    return {"tanh": nn.Tanh, "relu": nn.ReLU, "surrogate": Surrogate}[chosen.activation]()


class Residual(nn.Module):
    """A skip over every second layer joins before its activation."""

    def __init__(self):
        super().__init__()
        self.projection = nn.Linear(chosen.features, chosen.width, bias=False)
        sizes = [chosen.features] + [chosen.width] * (chosen.depth - 1)
        self.layers = nn.ModuleList(nn.Linear(size, chosen.width) for size in sizes)
        self.output = nn.Linear(chosen.width, 10)
        self.scale = chosen.depth**-0.5

    def forward(self, x):
        stream, a = self.projection(x), x
        for first, second in zip(self.layers[::2], self.layers[1::2]):
            stream = torch.add(stream, second(torch.tanh(first(a))), alpha=self.scale)
            a = torch.tanh(stream)
        return self.output(a)


class Members(nn.Module):
    """Many nets at once: stacked weights and baddbmm."""

    def __init__(self):
        super().__init__()
        sizes = [chosen.features] + [chosen.width] * chosen.depth + [10]
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for inputs, outputs in zip(sizes, sizes[1:]):
            bound = inputs**-0.5
            self.weights.append(nn.Parameter(torch.empty(chosen.members, inputs, outputs).uniform_(-bound, bound)))
            self.biases.append(nn.Parameter(torch.zeros(chosen.members, 1, outputs)))

    def forward(self, x):
        *hidden, (weight, bias) = zip(self.weights, self.biases)
        for inner, shift in hidden:
            x = torch.tanh(torch.baddbmm(shift, x, inner))
        return torch.baddbmm(bias, x, weight).flatten(0, 1)


class Recurrent(nn.Module):
    """A linear read-out of the last state."""

    def __init__(self):
        super().__init__()
        self.cell = {"rnn": nn.RNN, "gru": nn.GRU}[chosen.net](chosen.features, chosen.width)
        self.output = nn.Linear(chosen.width, 10)

    def forward(self, x):
        return self.output(self.cell(x)[0][-1])


def mlp():
    layers = []
    for inputs in [chosen.features] + [chosen.width] * (chosen.depth - 1):
        layers += [nn.Linear(inputs, chosen.width), activation()]
    return nn.Sequential(*layers, nn.Linear(chosen.width, 10))


class Product(nn.Module):
    """No net: the product of two matrices in bfloat16."""

    def __init__(self):
        super().__init__()
        self.factors = [torch.randn(chosen.width, chosen.width).to(chosen.device, torch.bfloat16) for _ in range(2)]


def watch(module, _, gradients):
    norms[module] = gradients[0].norm().item()


net = {"mlp": mlp, "residual": Residual, "members": Members, "rnn": Recurrent, "gru": Recurrent, "product": Product}[chosen.net]().to(chosen.device)
optimizer = None if chosen.net == "product" else torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)
shape = {"members": [chosen.members, chosen.batch], "rnn": [chosen.timesteps, chosen.batch], "gru": [chosen.timesteps, chosen.batch]}
x = torch.randn(*shape.get(chosen.net, [chosen.batch]), chosen.features, device=chosen.device)
y = torch.randint(0, 10, (chosen.members * chosen.batch,), device=chosen.device)
norms = {}
if chosen.watched:
    for layer in list(net)[:-1:2]:
        layer.register_full_backward_hook(watch)


def step():
    if optimizer is None:
        torch.matmul(*net.factors)
        return
    optimizer.zero_grad(set_to_none=True)
    (functional.cross_entropy(net(x), y) * chosen.members).backward()
    optimizer.step()


def wait():
    if chosen.device != "cpu":
        torch.cuda.synchronize()


for line in sys.stdin:
    wait()
    start = time.perf_counter()
    for _ in range(int(line)):
        step()
    wait()
    print(time.perf_counter() - start, flush=True)
