"""The PyTorch side of a benchmark: forward, backward and SGD step of a 784-64x50-10 tanh MLP at batch 128, eager. Arguments: the
device, and "watched" for a hook on every hidden layer that reads the norm of its gradient.

Reads a number of steps from each line of standard input, does them, and answers with the seconds they took.
"""

import sys
import time

import torch

device = sys.argv[1]
torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)
layers = []
for inputs in [784] + [64] * 49:
    layers += [torch.nn.Linear(inputs, 64), torch.nn.Tanh()]
net = torch.nn.Sequential(*layers, torch.nn.Linear(64, 10)).to(device)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
x, y = torch.randn(128, 784, device=device), torch.randint(0, 10, (128,), device=device)


def watch(module, _, gradients):
    norms[module] = gradients[0].norm().item()


norms = {}
if "watched" in sys.argv[2:]:
    for layer in layers:
        if isinstance(layer, torch.nn.Linear):
            layer.register_full_backward_hook(watch)


def step():
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()


def wait():
    if device != "cpu":
        torch.cuda.synchronize()


print(torch.__version__, flush=True)
for line in sys.stdin:
    wait()
    start = time.perf_counter()
    for _ in range(int(line)):
        step()
    wait()
    print(time.perf_counter() - start, flush=True)
