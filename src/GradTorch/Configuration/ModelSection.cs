using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GradTorch.Models;

namespace GradTorch.Configuration;

/// <summary>The architecture; every member of the ensemble shares it.</summary>
public sealed record ModelSection
{
    [Description("Kind of network: mlp is fully connected, hidden layers of one width and a linear output layer.")]
    [OneOf(typeof(ModelRegistry), "a kind of model")]
    public string Kind { get; init; } = "mlp";

    [Description("Number of hidden layers.")]
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 5;

    [Description("Units in each hidden layer.")]
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 64;

    [Description("What each hidden unit does to its pre-activation, forwards and backwards.")]
    public ActivationSection Activation { get; init; } = new();

    [Description("The distribution that weights and biases are drawn from before training.")]
    public InitSection Init { get; init; } = new();

    [Description("The distribution that recurrent weights W are drawn from; their biases are those of init.")]
    [SharedByMembers]
    public InitSection RecurrentInit { get; init; } = new() { Kind = "orthogonal" };
}
