using GradTorch.Activations;
using GradTorch.Configuration;
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
        if (nonlinearity.Forward is not LearntActivation learnt) return;
        var (parameter, _) = parameters.Take(1, 1);
        learnt.Learn(parameter);
        register_parameter("slope", parameter);
    }

    public Nonlinearity Nonlinearity { get; }

    /// <summary>What z goes through, once, before <see cref="forward"/>.</summary>
    public Preactivation Input => input;

    /// <summary>What the activation of a layer learns, for one member.</summary>
    public static int CountParameters(ActivationSection section) =>
        ActivationRegistry.Create(section.Forward, new ActivationParameters()).LearntPerLayer;

    /// <param name="z">As it comes from <see cref="Input"/>.</param>
    public override Tensor forward(Tensor z) => Nonlinearity.Apply(z);
}
