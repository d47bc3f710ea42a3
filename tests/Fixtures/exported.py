"""Exported networks in PyTorch, for the tests of GradTorch: what they make of a batch, and weights of PyTorch's own for GradTorch to load.

    exported.py FOLDER

Every folder in FOLDER has what `export --weights` writes, and inputs.safetensors: x (members, batch, …), and lengths where sequences
differ in theirs. Beside them this writes pytorch.safetensors, the network with parameters that PyTorch drew, and outputs.json: of each
member, and of PyTorch's own network (the batch of member 0), all outputs in row-major order.
"""
import importlib.util
import json
import pathlib
import struct
import sys

import torch

torch.set_num_threads(1)
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}


def main(root):
    for folder in sorted(path for path in pathlib.Path(root).iterdir() if path.is_dir()):
        spec = importlib.util.spec_from_file_location("model", folder / "model.py")
        model = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(model)
        inputs, _ = model.read(folder / "inputs.safetensors")
        weights = sorted(folder.glob("weights*.safetensors"))
        members = [outputs(model.load(path), inputs, member) for member, path in enumerate(weights)]
        own = model.load(weights[0])
        with torch.no_grad():
            for name, tensor in own.state_dict().items():
                if name.endswith("running_var"):
                    torch.nn.init.uniform_(tensor, 0.5, 2)
                elif tensor.is_floating_point():
                    torch.nn.init.normal_(tensor, std=0.3)
        write(folder / "pytorch.safetensors", own.state_dict())
        (folder / "outputs.json").write_text(json.dumps({"members": members, "pytorch": outputs(own, inputs, 0)}))


def outputs(net, inputs, member):
    arguments = [inputs[name][member] for name in ("x", "lengths") if name in inputs]
    with torch.no_grad():
        return net(*arguments).flatten().tolist()


def write(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        values = bytes(tensor.contiguous().reshape(-1).numpy())
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


main(sys.argv[1])
