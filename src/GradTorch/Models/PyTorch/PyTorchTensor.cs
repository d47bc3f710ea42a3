using static TorchSharp.torch;

namespace GradTorch.Models.PyTorch;

/// <summary>A tensor of one member's network as PyTorch has it in a <c>state_dict</c>.</summary>
/// <param name="Name">Such as <c>hidden1.weight</c>.</param>
/// <param name="Value">In PyTorch's shape: matrices are (out, in).</param>
/// <param name="Take">Puts the numbers of such a tensor in the place of the member's own. What PyTorch has in two tensors and the model in
/// one takes the first and adds the second.</param>
public sealed record PyTorchTensor(string Name, Tensor Value, Action<Tensor> Take)
{
    /// <summary>Without it the network is the same; a file need not have it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>One whose numbers are the member's own, in another shape.</summary>
    /// <param name="view">Of the member's numbers.</param>
    public static PyTorchTensor Of(string name, Tensor view) => new(name, view, tensor => view.copy_(tensor));
}
