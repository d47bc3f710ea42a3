"""What PyTorch computes for the modules, losses, initialisers and clipping that GradTorch.LibTorch binds.

Writes modules.json beside itself, tensors as base64 of their bytes. Made with Debian's python3-torch (1.13.1):
    /usr/bin/python3 tests/Fixtures/modules.py
The tests hold the same names, and the C# expression that must give the same numbers.
"""
import base64
import json
import math
import pathlib

import torch
from torch import nn

torch.set_num_threads(1)


def encoded(tensor):
    tensor = tensor.detach().contiguous()
    return {
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "data": base64.b64encode(tensor.numpy().tobytes()).decode(),
    }


def all_encoded(tensors):
    return {name: encoded(tensor) for name, tensor in tensors.items()}


def step(module, input, training, seed):
    """One forward and backward with a random upstream gradient."""
    module.train(training)
    module.zero_grad()
    if input.is_floating_point():
        input = input.clone().requires_grad_()
    torch.manual_seed(seed)
    output = module(input)
    upstream = torch.randn(output.shape, generator=torch.Generator().manual_seed(seed + 1))
    if output.requires_grad:
        output.backward(upstream)
    return {
        "training": training,
        "seed": seed,
        "input": encoded(input),
        "output": encoded(output),
        "upstream": encoded(upstream),
        "input_gradient": encoded(input.grad) if input.grad is not None else None,
        "parameter_gradients": all_encoded({n: p.grad for n, p in module.named_parameters() if p.grad is not None}),
        "state_after": all_encoded(module.state_dict()),
    }


def module_case(name, module, *inputs, evaluate=True):
    state = all_encoded(module.state_dict())
    steps = [step(module, input, True, 10 + i) for i, input in enumerate(inputs)]
    if evaluate:
        steps.append(step(module, inputs[0], False, 10 + len(inputs)))
    return {"name": name, "state": state, "steps": steps}


def module_cases():
    torch.manual_seed(1)
    x = torch.cat([torch.randn(20), torch.tensor([0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 25.0, -40.0, 1e-30])]).reshape(5, 6)
    activations = {
        "relu": nn.ReLU(), "relu6": nn.ReLU6(), "leaky_relu": nn.LeakyReLU(0.2), "elu": nn.ELU(1.5), "selu": nn.SELU(),
        "celu": nn.CELU(0.7), "gelu": nn.GELU(), "gelu tanh": nn.GELU(approximate="tanh"), "silu": nn.SiLU(),
        "mish": nn.Mish(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "log_sigmoid": nn.LogSigmoid(),
        "softmax": nn.Softmax(1), "log_softmax": nn.LogSoftmax(0), "softmin": nn.Softmin(1), "softplus": nn.Softplus(2, 10),
        "softsign": nn.Softsign(), "tanhshrink": nn.Tanhshrink(), "hardtanh": nn.Hardtanh(-0.5, 2), "hardswish": nn.Hardswish(),
        "hardsigmoid": nn.Hardsigmoid(), "hardshrink": nn.Hardshrink(0.3), "softshrink": nn.Softshrink(0.3),
        "threshold": nn.Threshold(0.1, -7), "glu": nn.GLU(1), "prelu": nn.PReLU(6, 0.3), "rrelu": nn.RReLU(0.1, 0.4),
        "dropout": nn.Dropout(0.3), "identity": nn.Identity(), "flatten": nn.Flatten(0),
    }
    cases = [module_case(name, module, x) for name, module in activations.items()]
    image = torch.randn(2, 3, 4, 5)
    cases += [
        module_case("softmax2d", nn.Softmax2d(), image),
        module_case("flatten from 1 to 2", nn.Flatten(1, 2), image),
        module_case("linear", nn.Linear(6, 4), x),
        module_case("linear without bias", nn.Linear(6, 4, bias=False), x),
        module_case("layer_norm", nn.LayerNorm(6), torch.randn(5, 6)),
        module_case("layer_norm of two dimensions, not affine", nn.LayerNorm([4, 5], elementwise_affine=False), image),
        module_case("batch_norm", nn.BatchNorm1d(6), torch.randn(5, 6), 3 + 2 * torch.randn(7, 6)),
        module_case("batch_norm of sequences", nn.BatchNorm1d(3, eps=1e-3, momentum=0.3), torch.randn(4, 3, 5)),
        module_case("batch_norm untracked, not affine",
                    nn.BatchNorm1d(6, affine=False, track_running_stats=False), torch.randn(5, 6)),
        module_case("embedding", nn.Embedding(7, 3, padding_idx=2), torch.tensor([[0, 2, 6], [6, 1, 2]])),
        module_case("embedding with bounded norm", nn.Embedding(7, 3, max_norm=0.5), torch.tensor([3, 3, 5])),
        module_case("sequential", nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Tanh(), nn.Dropout(0.5), nn.Linear(8, 2)),
                    torch.randn(5, 6)),
    ]
    return cases


def loss_cases():
    torch.manual_seed(2)
    logits, classes = torch.randn(6, 4), torch.tensor([0, 3, 1, 1, 2, 0])
    weights = torch.tensor([0.5, 1.0, 2.0, 0.1])
    probabilities, values = torch.rand(6, 4), torch.randn(6, 4)
    binary = (torch.rand(6, 4) > 0.5).float()
    losses = {
        "cross_entropy": (lambda r: nn.CrossEntropyLoss(reduction=r), logits, classes),
        "cross_entropy weighted, class 1 ignored": (lambda r: nn.CrossEntropyLoss(weights, ignore_index=1, reduction=r), logits, classes),
        "cross_entropy smoothed": (lambda r: nn.CrossEntropyLoss(label_smoothing=0.2, reduction=r), logits, classes),
        "cross_entropy of probabilities": (lambda r: nn.CrossEntropyLoss(reduction=r), logits, torch.softmax(values, 1)),
        "mse": (lambda r: nn.MSELoss(reduction=r), logits, values),
        "l1": (lambda r: nn.L1Loss(reduction=r), logits, values),
        "smooth_l1": (lambda r: nn.SmoothL1Loss(beta=0.5, reduction=r), logits, values),
        "huber": (lambda r: nn.HuberLoss(delta=0.5, reduction=r), logits, values),
        "bce": (lambda r: nn.BCELoss(weights, reduction=r), probabilities, binary),
        "bce_with_logits": (lambda r: nn.BCEWithLogitsLoss(weights, pos_weight=2 * weights, reduction=r), 50 * logits, binary),
        "nll": (lambda r: nn.NLLLoss(weights, reduction=r), torch.log_softmax(logits, 1), classes),
        "kl_div": (lambda r: nn.KLDivLoss(log_target=True, reduction=r), torch.log_softmax(logits, 1), torch.log_softmax(values, 1)),
        "soft_margin": (lambda r: nn.SoftMarginLoss(reduction=r), logits, 2 * binary - 1),
    }
    cases = []
    for name, (loss, input, target) in losses.items():
        for reduction in ("none", "mean", "sum"):
            x = input.clone().requires_grad_()
            output = loss(reduction)(x, target)
            output.backward(torch.ones_like(output))
            cases.append({"name": name, "reduction": reduction, "input": encoded(x), "target": encoded(target),
                          "weight": encoded(weights), "output": encoded(output), "gradient": encoded(x.grad)})
    return cases


def init_cases():
    init = nn.init
    initialisers = {
        "uniform": lambda t: init.uniform_(t, -2, 3),
        "normal": lambda t: init.normal_(t, 1, 0.5),
        "constant": lambda t: init.constant_(t, 0.25),
        "trunc_normal": lambda t: init.trunc_normal_(t, 0.5, 2, -1, 3),
        "xavier_uniform": lambda t: init.xavier_uniform_(t, 1.5),
        "xavier_normal": lambda t: init.xavier_normal_(t, 1.5),
        "kaiming_uniform": lambda t: init.kaiming_uniform_(t, 0.1, "fan_out"),
        "kaiming_normal": lambda t: init.kaiming_normal_(t, nonlinearity="relu"),
        "orthogonal": lambda t: init.orthogonal_(t, 2),
        "sparse": lambda t: init.sparse_(t, 0.3),
        "eye": init.eye_,
        "dirac": init.dirac_,
    }
    shapes = {"orthogonal": [(5, 8), (8, 5), (4, 3, 2)], "dirac": [(4, 3, 5), (2, 3, 3, 3)], "kaiming_uniform": [(5, 8), (4, 3, 2)]}
    cases = []
    for name, initialise in initialisers.items():
        for shape in shapes.get(name, [(5, 8)]):
            torch.manual_seed(3)
            cases.append({"name": name, "seed": 3, "output": encoded(initialise(torch.empty(shape)))})
    for features in ((6, 4), (300, 20)):
        torch.manual_seed(4)
        cases.append({"name": "linear", "seed": 4, "output": encoded(nn.Linear(*features).weight)})
    torch.manual_seed(4)
    cases.append({"name": "embedding", "seed": 4, "output": encoded(nn.Embedding(7, 3, padding_idx=-1).weight)})
    return cases


def clipping_cases():
    torch.manual_seed(5)
    cases = []
    for norm_type in (2.0, 1.0, math.inf):
        for max_norm in (0.1, 1000.0):
            parameters = [nn.Parameter(torch.zeros(shape)) for shape in ((3, 4), (5,))]
            for parameter in parameters:
                parameter.grad = torch.randn(parameter.shape)
            before = [encoded(p.grad) for p in parameters]
            norm = nn.utils.clip_grad_norm_(parameters, max_norm, norm_type)
            cases.append({"norm_type": "infinity" if norm_type == math.inf else norm_type, "max_norm": max_norm,
                          "before": before, "norm": norm.item(), "after": [encoded(p.grad) for p in parameters]})
    return cases


fixtures = {"modules": module_cases(), "losses": loss_cases(), "initialisers": init_cases(), "clipping": clipping_cases()}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(fixtures, indent=1) + "\n")
print(f"{path.name}: {path.stat().st_size // 1024} KiB")
