"""The PyTorch side of a benchmark: forward, backward and SGD step of torch.nn.RNN (tanh) with a linear read-out of its last
state and cross entropy, eager. Arguments: timesteps, features, device.

Reads a number of steps from each line of standard input, does them, and answers with the seconds they took.
"""

import sys
import time

import torch

timesteps, features, device = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)
rnn, output = torch.nn.RNN(features, 128).to(device), torch.nn.Linear(128, 10).to(device)
optimizer = torch.optim.SGD([*rnn.parameters(), *output.parameters()], lr=0.01)
x, y = torch.randn(timesteps, 128, features, device=device), torch.randint(0, 10, (128,), device=device)


def step():
    optimizer.zero_grad()
    states, _ = rnn(x)
    torch.nn.functional.cross_entropy(output(states[-1]), y).backward()
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
