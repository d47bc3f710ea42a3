using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>An activation as a module, so that hooks find it.</summary>
public sealed class ActivationLayer : nn.Module<Tensor, Tensor>
{
    public ActivationLayer(string name, Activation activation) : base(name)
    {
        Activation = activation;
        RegisterComponents();
    }

    public Activation Activation { get; }

    public override Tensor forward(Tensor input) => Activation.Forward(input);
}
