using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A nonlinearity as a module, so that hooks find it.</summary>
public sealed class ActivationLayer : nn.Module<Tensor, Tensor>
{
    private readonly Preactivation input;

    public ActivationLayer(string name, Nonlinearity nonlinearity) : base(name)
    {
        Nonlinearity = nonlinearity;
        input = new Preactivation($"{name}.input");
        RegisterComponents();
    }

    public Nonlinearity Nonlinearity { get; }

    /// <summary>What z goes through, once, before <see cref="forward"/>.</summary>
    public Preactivation Input => input;

    /// <param name="z">As it comes from <see cref="Input"/>.</param>
    public override Tensor forward(Tensor z) => Nonlinearity.Apply(z);
}
