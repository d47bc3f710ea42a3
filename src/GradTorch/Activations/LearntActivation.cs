using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Activations;

/// <summary>An activation with one number that each layer of each member learns.</summary>
/// <remarks>A model takes a parameter (1, 1) for it, counts it (<see cref="Activation.LearntPerLayer"/>) and hands it over
/// once. A model with its own backward asks for <see cref="ParameterGradient"/>; elsewhere autograd finds it.</remarks>
public abstract class LearntActivation : Activation
{
    private Parameter? _parameter;

    public override int LearntPerLayer => 1;

    /// <summary>(S, 1, 1).</summary>
    /// <exception cref="InvalidOperationException">The model has not given it one.</exception>
    public Parameter Parameter => _parameter
        ?? throw new InvalidOperationException($"{GetType().Name} learns a number, but its model gave it no parameter");

    /// <summary>What every layer starts from.</summary>
    public abstract double InitialValue { get; }

    /// <summary>Hands over the parameter (S, 1, 1) that it learns, and sets it to its initial value.</summary>
    public void Learn(Parameter parameter)
    {
        using var off = no_grad();
        parameter.fill_(InitialValue);
        _parameter = parameter;
    }

    /// <summary>Gives it a parameter of its own, for one member outside of any model: what every layer starts from.</summary>
    public void Learn() => Learn(new Parameter(zeros([1, 1, 1], float64)));

    /// <summary>The gradient of the learnt number, (S, 1, 1).</summary>
    /// <param name="z">Pre-activations (S, …).</param>
    /// <param name="gradient">∂L/∂a, shaped like them.</param>
    public abstract Tensor ParameterGradient(Tensor z, Tensor gradient);

    /// <summary>The parameter as (S, 1, …, 1) with as many dimensions as a tensor.</summary>
    protected Tensor ParameterLike(Tensor z) =>
        ParameterUse.Of(Parameter).view([Parameter.shape[0], .. Enumerable.Repeat(1L, (int)z.dim() - 1)]);
}
