"""Makes operators-*.json: what PyTorch's operators give for fixed inputs.

    /usr/bin/python3 tests/Fixtures/operators.py

Each module of operator_cases/ names its cases with case(...) and becomes one file. Inputs are stored too, so reading
the fixtures needs no random numbers. Tensors are base64 of their little-endian elements: exact, and small.
"""
import base64
import importlib
import json
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True


def _edges(dtype, denormal, huge):
    nan, inf = float("nan"), float("inf")
    smallest = torch.finfo(dtype).tiny
    return torch.tensor([
        0.0, -0.0, nan, inf, -inf, denormal, -denormal, smallest, 1e-30, huge, -huge, 1e-8, 0.5, -0.5, 1, -1,
        1.5, -1.5, 2.5, -2.5, 3.25, 10, -10, 88.5, -100, 1e4, -1e4, 0.1, 0.9, -0.9, 0.25, 7], dtype=dtype).reshape(4, 8)


def _points(seed, low, high, *shape, signs=False):
    """Random points for gradients. With signs both sides of 0, none nearer to it than `low`."""
    generator = torch.Generator().manual_seed(seed)
    points = low + (high - low) * torch.rand(*shape, dtype=torch.float64, generator=generator)
    return points * (1 - 2 * torch.randint(0, 2, shape, generator=generator)) if signs else points


def _pool():
    pool = {
        # Zeros of both signs, NaN, infinities, denormal, tiny, huge, halves.
        "edges32": _edges(torch.float32, 1e-40, 3e38),
        "edges64": _edges(torch.float64, 1e-310, 1e300),
        "mixed32": torch.linspace(-3.3, 4.1, 24).reshape(2, 3, 4),
        "mixed64": torch.linspace(-3.3, 4.1, 24, dtype=torch.float64).reshape(2, 3, 4),
        "column32": torch.tensor([[-2.0], [0.5], [1.5], [3.0]]),
        "row32": torch.linspace(-1.7, 2.3, 8),
        "row4": torch.tensor([0.5, -1.25, 2.0, float("nan")]),
        "whole": torch.tensor([[0, 1, -1, 2], [-3, 7, 100, -100]]),
        "divisors": torch.tensor([[3, -2, 5, 2], [-7, 4, -100, 1]]),
        "small": torch.tensor([[3, 2, 5, 2], [1, 4, 6, 1]]),
        "flags": torch.tensor([[True, False, True, True], [False, False, True, False]]),
        "flags2": torch.tensor([[True, True, False, True], [False, True, False, False]]),
        "mask": torch.tensor([[True, False, True, False, True, True, False, False]] * 4),
        "repeats": torch.tensor([[2.0, 1, 2, 3], [5, 5, 1, 1], [4, 0, 4, 0]]),
        # Points for gradients, float64: away from 0, from integers' halves and from each other's ties.
        "real": _points(1, 0.15, 2.4, 3, 4, signs=True),
        "real2": _points(2, 0.15, 2.4, 3, 4, signs=True),
        "real3": _points(3, 0.15, 2.4, 3, 4, signs=True),
        "positive": _points(4, 0.3, 2.8, 3, 4),
        "positive2": _points(5, 0.3, 2.8, 3, 4),
        "unit": _points(6, 0.1, 0.9, 3, 4),
        "above1": _points(7, 1.2, 3.0, 3, 4),
        "realrow": _points(8, 0.2, 2.0, 4, signs=True),
        "slope32": torch.tensor([0.25]),
        "slopes32": torch.tensor([0.25, -0.5, 2.0]),
        "real_slopes": _points(10, 0.2, 2.0, 3, signs=True),
        "mask34": torch.tensor([[True, False, True, False], [False, False, True, True], [True, True, False, True]]),
        "column3": torch.tensor([[0.25], [-1.5], [2.0]]),
        "nans": torch.tensor([[1.0, float("nan"), -2.5, 3.0], [float("nan"), 0.5, 4.0, float("nan")]]),
        "probabilities32": torch.tensor([0.0, 0.3, 0.5, 1.0]),
        "probabilities": torch.tensor([0.13, 0.31, 0.55, 0.87], dtype=torch.float64),
        "realcube": _points(9, 0.15, 2.4, 2, 3, 4, signs=True),
    }
    pool["edges32b"] = pool["edges32"].flatten().roll(5).reshape(4, 8)
    pool["edges64b"] = pool["edges64"].flatten().roll(5).reshape(4, 8)
    return pool


POOL = _pool()


class Group:
    """The cases of one file."""

    def __init__(self):
        self.cases = {}
        self.used = {}

    def case(self, name, function, *samples, gradient=None, exact=False):
        """One operator: `samples` are tuples of the pool's names, `gradient` the points where it is differentiated
        too. `exact`: rounded correctly on every CPU, so fixtures are matched bit for bit anywhere."""
        if name in self.cases:
            raise ValueError(f"two cases are called {name}")
        rows = [self._row(function, sample) for sample in samples]
        if gradient is not None:
            rows.append(self._row(function, gradient) | {"gradient": True})
        self.cases[name] = {"exact": exact, "samples": rows}

    def unary(self, name, function, gradient=("real",), whole=False, exact=False):
        samples = [("edges32",), ("edges64",)] + ([("whole",)] if whole else [])
        self.case(name, function, *samples, gradient=gradient, exact=exact)

    def binary(self, name, function, gradient=("real", "real2"), whole=None, exact=False):
        samples = [("edges32", "edges32b"), ("edges64", "edges64b"), ("column32", "row32")]
        self.case(name, function, *samples, *([whole] if whole else []), gradient=gradient, exact=exact)

    def _row(self, function, sample):
        for name in sample:
            self.used[name] = encode(POOL[name])
        result = function(*[POOL[name].clone() for name in sample])
        results = [result] if isinstance(result, torch.Tensor) else list(result)
        return {"inputs": list(sample), "outputs": [encode(tensor) for tensor in results]}

    def write(self, path):
        lines = ["{", f' "torch": {json.dumps(torch.__version__)},', ' "tensors": {']
        lines.append(",\n".join(f"  {json.dumps(name)}: {dense(tensor)}" for name, tensor in self.used.items()))
        lines += [" },", ' "cases": {']
        lines.append(",\n".join(f"  {json.dumps(name)}: {dense(case)}" for name, case in self.cases.items()))
        lines += [" }", "}", ""]
        path.write_text("\n".join(lines))


def encode(tensor):
    data = tensor.detach().contiguous().numpy().tobytes()
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "data": base64.b64encode(data).decode()}


def dense(value):
    return json.dumps(value, separators=(",", ":"))


def main():
    torch.set_num_threads(1)
    for module in sorted((HERE / "operator_cases").glob("*.py")):
        group = Group()
        importlib.import_module(f"operator_cases.{module.stem}").cases(group)
        path = HERE / f"operators-{module.stem.replace('_', '-')}.json"
        group.write(path)
        print(f"{path.name}: {len(group.cases)} cases, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
