using GradTorch.Activations;
using GradTorch.Models;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Exports;

/// <summary>A run's network as a file of Python, for which PyTorch suffices.</summary>
internal static class PyTorchModule
{
    public const string FileName = "model.py";

    /// <summary>In the metadata of a file of weights: n of the member's tanh(nx).</summary>
    public const string SlopeKey = "slope";

    private const string SlopePath = "model:activation:slope";

    private const string Reading = """"
        def read(path):
            """Tensors and texts of a safetensors file, by name."""
            with open(path, "rb") as file:
                header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
                data = bytearray(file.read())
            metadata = header.pop("__metadata__", {})
            types = {"F64": torch.float64, "F32": torch.float32, "I64": torch.int64}
            tensors = {}
            for name, entry in header.items():
                begin, end = entry["data_offsets"]
                tensors[name] = torch.frombuffer(data[begin:end], dtype=types[entry["dtype"]]).reshape(entry["shape"])
            return tensors, metadata


        if __name__ == "__main__":
            print(load(sys.argv[1]))

        """";

    public static string Of(StoredNetwork network)
    {
        var ownSlopes = network.Experiment.Members.Vary.Keys.Any(key => key.Path == SlopePath);
        return $$""""
            """{{Description(network)}}
            """
            import json
            import sys

            import torch
            from torch import nn


            {{ModelRegistry.Find(network.Experiment.Model.Kind).PyTorch(network.Shape, ownSlopes)}}


            def load(path):
                """The network with the weights of a file, ready for evaluation."""
                tensors, {{(ownSlopes ? "metadata" : "_")}} = read(path)
                net = Net({{(ownSlopes ? $"float(metadata[\"{SlopeKey}\"])" : "")}}).to(tensors["output.weight"].dtype)
                net.load_state_dict(tensors)
                return net.eval()


            {{Reading}}
            """";
    }

    private static string Description(StoredNetwork network)
    {
        var (experiment, shape) = (network.Experiment, network.Shape);
        var sizes = FormattableString.Invariant($"(batch, {(shape.Timesteps > 0 ? $"T = {shape.Timesteps}, " : "")}{shape.Features})");
        var backward = experiment.Model.Activation.Backward;
        var surrogate = backward == BackwardRegistry.Exact ? "" : $"\nBackward it goes by the activation's own derivative, not by {backward}, as it was trained.";
        return $$"""
            The network of {{experiment.Name}} after {{FormattableString.Invariant($"{network.Step}")}} steps, written by GradTorch {{SourceRevision.Version}}.

                net = load("{{(network.Members.Count == 1 ? "weights" : "weights-0")}}.safetensors")
                outputs = net(x)

            x is {{sizes}}, of the type of the weights: inputs of {{experiment.Data.Source}} as training had them (data:standardise
            {{experiment.Data.Standardise.ToString().ToLowerInvariant()}}).{{surrogate}}
            """;
    }
}
