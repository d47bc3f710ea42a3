"""∂L/∂h_t, ∂L/∂a_t and the recurrent weights' shares as PyTorch's hooks see them, for the tests of GradTorch: writes
elman.json beside itself.

A tanh or ReLU RNN, cell by cell, with torch.nn.RNN's own weights; its states are checked against torch.nn.RNN's. The loss is
a weighted sum of the last state or of all states.

Run with Debian's python3-torch: /usr/bin/python3 elman.py
"""
import base64
import json
import pathlib

import torch

TIMESTEPS, BATCH, FEATURES, HIDDEN = 100, 4, 2, 8
COLUMNS = ["hidden_gradient", "preactivation_gradient", "recurrent_weight_gradient"]


def norm(tensor):
    return tensor.detach().double().square().sum().sqrt().item()


def base64_of(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().tobytes()).decode()


def case(nonlinearity, every, dtype):
    rnn = torch.nn.RNN(FEATURES, HIDDEN, nonlinearity=nonlinearity).to(dtype)
    torch.nn.init.orthogonal_(rnn.weight_hh_l0)
    x = torch.randn(TIMESTEPS, BATCH, FEATURES, dtype=dtype)
    upstream = torch.randn(TIMESTEPS if every else 1, BATCH, HIDDEN, dtype=dtype)
    bias = rnn.bias_ih_l0 + rnn.bias_hh_l0
    h = torch.zeros(BATCH, HIDDEN, dtype=dtype)
    states, rows = [], [[0.0] * len(COLUMNS) for _ in range(TIMESTEPS)]
    for t in range(TIMESTEPS):
        a = x[t] @ rnn.weight_ih_l0.T + h @ rnn.weight_hh_l0.T + bias

        def at_preactivation(delta, t=t, before=h):
            rows[t][1] = norm(delta)
            rows[t][2] = norm(before.detach().double().T @ delta.double())

        def at_state(gradient, t=t):
            rows[t][0] = norm(gradient)

        a.register_hook(at_preactivation)
        h = torch.tanh(a) if nonlinearity == "tanh" else torch.relu(a)
        h.register_hook(at_state)
        states.append(h)
    outputs = torch.stack(states)
    assert torch.allclose(outputs, rnn(x)[0], rtol=1e-4, atol=1e-5)
    ((outputs if every else outputs[-1:]) * upstream).sum().backward()
    return {"nonlinearity": nonlinearity, "every": every, "precision": str(dtype).removeprefix("torch."),
            "x": base64_of(x), "input": base64_of(rnn.weight_ih_l0.T), "bias": base64_of(bias),
            "recurrent": base64_of(rnn.weight_hh_l0.T), "upstream": base64_of(upstream),
            "gradient": base64_of(rnn.weight_hh_l0.grad.T), "rows": base64_of(torch.tensor(rows, dtype=torch.float64))}


torch.manual_seed(1)
document = {"torch": torch.__version__, "timesteps": TIMESTEPS, "batch": BATCH, "features": FEATURES, "hidden": HIDDEN,
            "columns": COLUMNS,
            "cases": [case("tanh", False, torch.float32), case("tanh", True, torch.float32),
                      case("tanh", False, torch.float64), case("relu", False, torch.float32)]}
(pathlib.Path(__file__).parent / "elman.json").write_text(json.dumps(document, indent=1) + "\n")
