using GradTorch.Activations;
using static TorchSharp.torch;

namespace GradTorch.Models;

/// <summary>A nonlinearity as a module, so that hooks find it and what it learns is a parameter of the model.</summary>
public sealed class ActivationLayer : nn.Module<Tensor, Tensor>
{
    private readonly Preactivation input;

    /// <param name="nonlinearity">This layer's own if its activation learns.</param>
    /// <param name="parameters">Where the number that it learns is taken from.</param>
    public ActivationLayer(string name, Nonlinearity nonlinearity, EnsembleParameters parameters) : base(name)
    {
        Nonlinearity = nonlinearity;
        input = new Preactivation($"{name}.input");
        RegisterComponents();
        LearntSlope.Take(this, nonlinearity, parameters);
    }

    public Nonlinearity Nonlinearity { get; }

    /// <summary>What z goes through, once, before <see cref="forward"/>.</summary>
    public Preactivation Input => input;

    /// <param name="z">As it comes from <see cref="Input"/>.</param>
    public override Tensor forward(Tensor z) => Nonlinearity.Apply(z);
}
