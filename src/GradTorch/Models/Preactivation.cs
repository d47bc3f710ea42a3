using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>z itself, as a module: a hook on it sees, and may replace, what enters an activation and whatever else goes on
/// from there, such as a skip path. So ∂L/∂z counts every way that z has to the loss.</summary>
public sealed class Preactivation(string name) : nn.Module<Tensor, Tensor>(name)
{
    public override Tensor forward(Tensor input) => input;
}
