"""torch.nn.GRU and torch.nn.LSTM against cells timestep by timestep: values, gradients, and what hooks see of every hidden
state. Writes recurrent_cells.json. Weights lie as GradTorch has them: U (in, gates·H), W (H, gates·H).

/usr/bin/python3 recurrent_cells.py
"""

import base64
import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)
MEMBERS, TIMESTEPS, BATCH, INPUTS, UNITS = 2, 6, 3, 2, 4


def packed(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def member(kind):
    """One network: the module, its input, the gradient that comes from outside at every timestep."""
    module = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind](INPUTS, UNITS)
    x = torch.randn(TIMESTEPS, BATCH, INPUTS, requires_grad=True)
    outside = torch.randn(TIMESTEPS, BATCH, UNITS)
    lengths = torch.tensor([TIMESTEPS, 2, 4])
    return module, x, outside, lengths


def biases(kind, ih, hh):
    """GRU: r, z, n with the two biases of r and z as one, then b_hn. LSTM: the sum."""
    if kind == "lstm":
        return ih + hh
    both = ih + hh
    return torch.cat([both[: 2 * UNITS], ih[2 * UNITS :], hh[2 * UNITS :]])


def bias_gradients(kind, ih, hh):
    return ih if kind == "lstm" else torch.cat([ih, hh[2 * UNITS :]])


def step(kind, module, x, product, h, c):
    """One timestep as the documentation of torch.nn.GRU and torch.nn.LSTM has it; `product` is h W."""
    projected = x @ module.weight_ih_l0.t() + module.bias_ih_l0
    if kind == "lstm":
        i, f, g, o = (projected + product + module.bias_hh_l0).chunk(4, 1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(c), c
    (xr, xz, xn), (hr, hz, hn) = projected.chunk(3, 1), (product + module.bias_hh_l0).chunk(3, 1)
    r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
    return (1 - z) * torch.tanh(xn + r * hn) + z * h, c


def cell_run(kind, module, x, outside, every, truncate=None, lengths=None):
    """Cell by cell: hidden states, and at each timestep the norms of what reaches h, h W and W."""
    h, c = torch.zeros(BATCH, UNITS), torch.zeros(BATCH, UNITS)
    hidden, before, products = [], [], []
    for t in range(TIMESTEPS):
        # Truncation cuts off what the cell takes in; a sequence that has ended keeps its state and its gradient.
        cut = truncate and t % truncate == 0
        (h_in, c_in) = (h.detach(), c.detach()) if cut else (h, c)
        before.append(h)
        product = h_in @ module.weight_hh_l0.t()
        product.retain_grad()
        products.append(product)
        new_h, new_c = step(kind, module, x[t], product, h_in, c_in)
        if lengths is not None:
            goes_on = (lengths > t).unsqueeze(1)
            new_h, new_c = torch.where(goes_on, new_h, h), torch.where(goes_on, new_c, c)
        h, c = new_h, new_c
        h.retain_grad()
        hidden.append(h)
    loss = (torch.stack(hidden) * outside).sum() if every else (hidden[-1] * outside[-1]).sum()
    loss.backward()
    norms = []
    for state, product, earlier in zip(hidden, products, before):
        delta = torch.zeros_like(product) if product.grad is None else product.grad
        norms += [torch.zeros(()) if state.grad is None else state.grad.norm(), delta.norm(), (earlier.t() @ delta).norm(),
                  (delta == 0).double().mean()]
    return torch.stack(hidden), torch.stack(norms)


def case(kind, every, truncate, masked):
    document = {"kind": kind, "every": every, "truncate": truncate, "members": []}
    for _ in range(MEMBERS):
        module, x, outside, lengths = member(kind)
        hidden, norms = cell_run(kind, module, x, outside, every, truncate, lengths if masked else None)
        gradients = [x.grad, *(parameter.grad for parameter in module.parameters())]
        if not truncate and not masked:
            # PyTorch's own module, which goes over the sequence by itself, must agree with the cells.
            x.grad = None
            module.zero_grad(set_to_none=True)
            output, _ = module(x)
            (((output * outside).sum()) if every else (output[-1] * outside[-1]).sum()).backward()
            torch.testing.assert_close(output, hidden)
            for mine, theirs in zip(gradients, [x.grad, *(parameter.grad for parameter in module.parameters())]):
                torch.testing.assert_close(mine, theirs)
        x_gradient, u, w, b_ih, b_hh = gradients
        document["members"].append({
            "x": packed(x), "outside": packed(outside), "lengths": lengths.tolist() if masked else None,
            "U": packed(module.weight_ih_l0.t()), "W": packed(module.weight_hh_l0.t()),
            "b": packed(biases(kind, module.bias_ih_l0, module.bias_hh_l0)), "hidden": packed(hidden), "norms": packed(norms),
            "gradients": packed(torch.cat([u.t().reshape(-1), w.t().reshape(-1), bias_gradients(kind, b_ih, b_hh)])),
            "x_gradient": packed(x_gradient),
        })
    return document


cases = [
    case(kind, every, truncate, masked)
    for kind in ["gru", "lstm"]
    for every, truncate, masked in [(True, None, False), (False, None, False), (True, 2, False), (False, None, True), (True, 4, True), (False, 4, True)]
]
sizes = {"members": MEMBERS, "timesteps": TIMESTEPS, "batch": BATCH, "inputs": INPUTS, "units": UNITS}
Path(__file__).with_suffix(".json").write_text(json.dumps({**sizes, "cases": cases}, separators=(",", ":")) + "\n")
