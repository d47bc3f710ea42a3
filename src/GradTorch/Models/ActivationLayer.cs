using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A nonlinearity as a module, so that hooks find it.</summary>
public sealed class ActivationLayer : nn.Module<Tensor, Tensor>
{
    public ActivationLayer(string name, Nonlinearity nonlinearity) : base(name)
    {
        Nonlinearity = nonlinearity;
        RegisterComponents();
    }

    public Nonlinearity Nonlinearity { get; }

    public override Tensor forward(Tensor input) => Nonlinearity.Apply(input);
}
