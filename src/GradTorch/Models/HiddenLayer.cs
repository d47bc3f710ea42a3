using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>a = g(x W + b) for every member.</summary>
public sealed class HiddenLayer : nn.Module<Tensor, Tensor>
{
    private readonly EnsembleLinear linear;
    private readonly ActivationLayer activation;

    public HiddenLayer(string name, long inputs, long outputs, Nonlinearity nonlinearity, EnsembleParameters parameters)
        : base(name)
    {
        linear = new EnsembleLinear($"{name}.linear", inputs, outputs, parameters);
        this.activation = new ActivationLayer($"{name}.activation", nonlinearity, parameters);
        RegisterComponents();
    }

    public EnsembleLinear Linear => linear;

    public ActivationLayer Activation => activation;

    public override Tensor forward(Tensor input) => activation.call(linear.call(input));
}
